import { z } from 'zod';
import { localDate } from '@counter-hub/shared/calendar/localDate.ts';
import { counterHours, hoursView, setExceptionBody, setWeekBody } from '@counter-hub/shared/hours/hours.ts';
import { counterId } from '@counter-hub/shared/ids/ids.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { setException, setWeek } from './hoursCommands.ts';
import { showCounterHours, showHours } from './showHours.ts';

const tag = 'Hours';
const SPANS = ['spanAtMidnight', 'spanBackwards', 'spansOverlap'] as const;
const CHANGES = ['notAllowed', 'unknownCounter', 'staleVersion', 'commandReused', 'queueFull'] as const;

/** When counters serve: everybody signed in reads it, administrators set it for their cities. */
export function hoursRoutes(hub: HubContext): void {
	const guard = signedIn(hub);

	hub.api.route({
		method: 'get',
		path: '/hours',
		operationId: 'readHours',
		summary: 'When each counter serves: its week, and the dates that are not so',
		tag,
		guard,
		response: hoursView,
		handler: () => showHours(hub),
	});

	hub.api.route({
		method: 'put',
		path: '/counters/{counterId}/hours',
		operationId: 'setHours',
		summary: 'Sets the week of a counter, Monday to Sunday',
		tag,
		guard,
		params: z.strictObject({ counterId }),
		body: setWeekBody,
		response: counterHours,
		errors: [...CHANGES, ...SPANS],
		handler: async ({ actor, params, body }) => {
			await setWeek(hub, actor, params.counterId, body);
			return showCounterHours(hub, params.counterId);
		},
	});

	hub.api.route({
		method: 'put',
		path: '/counters/{counterId}/hours/exceptions/{date}',
		operationId: 'setHoursException',
		summary: 'Closes a counter on a date, gives it other hours, or lifts that again',
		tag,
		guard,
		params: z.strictObject({ counterId, date: localDate }),
		body: setExceptionBody,
		response: counterHours,
		errors: [...CHANGES, ...SPANS, 'personalNumber', 'tooManyExceptions'],
		handler: async ({ actor, params, body }) => {
			await setException(hub, actor, params, body);
			return showCounterHours(hub, params.counterId);
		},
	});
}
