import { z } from 'zod';
import {
	caseDetail,
	casePage,
	caseQuery,
	openCaseBody,
	unmaskBody,
	unmaskedPerson,
} from '@counter-hub/shared/cases/cases.ts';
import { caseId } from '@counter-hub/shared/ids/ids.ts';
import { timelinePage, timelineQuery } from '@counter-hub/shared/timeline/eventView.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { timeline } from '../timeline/timeline.ts';
import { unmaskPerson } from './caseCommands.ts';
import { getCase, getReadableCase } from './getCase.ts';
import { listCases } from './listCases.ts';
import { openCase } from './openCase.ts';
import { presentCase } from './presentCase.ts';
import { presentEvents } from './presentEvents.ts';

const tag = 'Cases';
const params = z.strictObject({ caseId });

/** Cases and their timelines (S6.3.2). */
export function caseRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'post',
		path: '/cases',
		operationId: 'openCase',
		summary: 'Opens a case at the clerk’s counter; the same command opens it once',
		tag,
		guard,
		body: openCaseBody,
		response: caseDetail,
		status: 201,
		errors: [
			'notAllowed',
			'invalidUscc',
			'invalidCitizenId',
			'invalidPhone',
			'unknownItem',
			'guidanceOnly',
			'unknownCounter',
			'sameCity',
			'commandReused',
			'queueFull',
		],
		handler: async ({ actor, body }) =>
			presentCase(hub, await getCase(hub, await openCase(hub, actor, body))),
	});

	hub.api.route({
		method: 'get',
		path: '/cases',
		operationId: 'listCases',
		summary: 'Cases of one’s counter (supervisors: of their cities), the latest opened first',
		tag,
		guard,
		query: caseQuery,
		response: casePage,
		errors: ['notAllowed', 'unknownCity'],
		handler: ({ actor, query }) => listCases(hub, actor, query),
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}',
		operationId: 'getCase',
		summary: 'A case with its applicant (masked), materials and calls',
		tag,
		guard,
		params,
		response: caseDetail,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId: id } }) =>
			presentCase(hub, await getReadableCase(hub, actor, id)),
	});

	hub.api.route({
		method: 'get',
		path: '/cases/{caseId}/timeline',
		operationId: 'readCaseTimeline',
		summary: 'One page of the case’s timeline, by sequence number; without one, the newest events',
		tag,
		guard,
		params,
		query: timelineQuery,
		response: timelinePage,
		errors: ['notAllowed', 'unknownCase'],
		handler: async ({ actor, params: { caseId: id }, query }) => {
			const { subject } = await getReadableCase(hub, actor, id);
			const { events, head } = await timeline(hub).page(subject, query);
			return { events: await presentEvents(hub, events), head };
		},
	});

	hub.api.route({
		method: 'post',
		path: '/cases/{caseId}/unmask',
		operationId: 'unmaskPerson',
		summary: 'Shows the applicant’s data in clear; the reason goes onto the timeline first',
		tag,
		guard,
		params,
		body: unmaskBody,
		response: unmaskedPerson,
		errors: ['notAllowed', 'unknownCase', 'notFound', 'personalNumber', 'commandReused', 'queueFull'],
		handler: ({ actor, params: { caseId: id }, body }) => unmaskPerson(hub, actor, id, body),
	});
}
