import { z } from 'zod';
import { staffId } from '@counter-hub/shared/ids/ids.ts';
import {
	createStaffBody,
	oneTimePassword,
	staffPage,
	staffQuery,
	staffView,
	updateStaffBody,
} from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { listStaff } from './listStaff.ts';
import { createStaff, liftSlowing, resetPassword, updateStaff } from './staffCommands.ts';

const tag = 'People';
const params = z.strictObject({ staffId });

/** The register of people, for administrators of their cities. */
export function peopleRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/staff',
		operationId: 'listStaff',
		summary: 'People of the administrator’s cities, in the order of their sign-in names',
		tag,
		guard,
		query: staffQuery,
		response: staffPage,
		errors: ['notAllowed'],
		handler: ({ actor, query }) => listStaff(hub, actor, query),
	});

	hub.api.route({
		method: 'post',
		path: '/staff',
		operationId: 'createStaff',
		summary: 'Registers a person; the answer shows the one-time password once',
		tag,
		guard,
		body: createStaffBody,
		response: oneTimePassword,
		status: 201,
		errors: ['notAllowed', 'nameTaken', 'unknownCity', 'unknownCounter'],
		handler: ({ actor, body }) => createStaff(hub, actor, body),
	});

	hub.api.route({
		method: 'patch',
		path: '/staff/{staffId}',
		operationId: 'updateStaff',
		summary: 'Changes display name, post or access; disabling signs the person out at once',
		tag,
		guard,
		params,
		body: updateStaffBody,
		response: staffView,
		errors: ['notAllowed', 'notFound', 'staleVersion', 'unknownCity', 'unknownCounter', 'lastAdministrator'],
		handler: ({ actor, params: { staffId: id }, body }) => updateStaff(hub, actor, id, body),
	});

	hub.api.route({
		method: 'post',
		path: '/staff/{staffId}/password-reset',
		operationId: 'resetPassword',
		summary: 'Gives a one-time password, shown once, and ends the person’s sign-ins',
		tag,
		guard,
		params,
		response: oneTimePassword,
		errors: ['notAllowed', 'notFound'],
		handler: ({ actor, params: { staffId: id } }) => resetPassword(hub, actor, id),
	});

	hub.api.route({
		method: 'delete',
		path: '/staff/{staffId}/failures',
		operationId: 'liftSlowing',
		summary: 'Forgets wrong passwords under the person’s name, so that nobody waits any longer',
		tag,
		guard,
		params,
		response: staffView,
		errors: ['notAllowed', 'notFound'],
		handler: ({ actor, params: { staffId: id } }) => liftSlowing(hub, actor, id),
	});
}
