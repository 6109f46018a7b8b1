import { z } from 'zod';
import { counterId, windowId } from '@counter-hub/shared/ids/ids.ts';
import {
	counterView,
	createCounterBody,
	createWindowBody,
	updateCounterBody,
	updateWindowBody,
} from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { createCounter, createWindow, updateCounter, updateWindow } from './counterCommands.ts';
import { places } from './Places.ts';

const tag = 'Counters';
const counterParams = z.strictObject({ counterId });
const windowParams = z.strictObject({ counterId, windowId });

/** The nine cities' counters and windows (S4.1): everybody signed in reads them, administrators change them. */
export function counterRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/counters',
		operationId: 'listCounters',
		summary: 'All counters with their centres and windows',
		tag,
		guard,
		response: z.object({ counters: z.array(counterView) }),
		handler: async () => ({ counters: await places(hub).all() }),
	});

	hub.api.route({
		method: 'post',
		path: '/counters',
		operationId: 'createCounter',
		summary: 'Opens a counter with windows numbered from 1',
		tag,
		guard,
		body: createCounterBody,
		response: counterView,
		status: 201,
		errors: ['notAllowed', 'unknownCity', 'nameTaken'],
		handler: ({ actor, body }) => createCounter(hub, actor, body),
	});

	hub.api.route({
		method: 'patch',
		path: '/counters/{counterId}',
		operationId: 'updateCounter',
		summary: 'Changes a counter or its centre',
		tag,
		guard,
		params: counterParams,
		body: updateCounterBody,
		response: counterView,
		errors: ['notAllowed', 'notFound', 'staleVersion', 'nameTaken'],
		handler: ({ actor, params, body }) => updateCounter(hub, actor, params.counterId, body),
	});

	hub.api.route({
		method: 'post',
		path: '/counters/{counterId}/windows',
		operationId: 'createWindow',
		summary: 'Adds a window to a counter',
		tag,
		guard,
		params: counterParams,
		body: createWindowBody,
		response: counterView,
		status: 201,
		errors: ['notAllowed', 'notFound', 'nameTaken', 'tooManyWindows'],
		handler: ({ actor, params, body }) => createWindow(hub, actor, params.counterId, body),
	});

	hub.api.route({
		method: 'patch',
		path: '/counters/{counterId}/windows/{windowId}',
		operationId: 'updateWindow',
		summary: 'Opens or closes a window',
		tag,
		guard,
		params: windowParams,
		body: updateWindowBody,
		response: counterView,
		errors: ['notAllowed', 'notFound', 'unknownWindow', 'staleVersion'],
		handler: ({ actor, params, body }) => updateWindow(hub, actor, params.counterId, params.windowId, body),
	});
}
