import { z } from 'zod';
import { counterId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import {
	endLeaveBody,
	leaveBody,
	planBody,
	publishBody,
	substituteBody,
} from '@counter-hub/shared/rota/bodies.ts';
import { dutyQuery, dutyView } from '@counter-hub/shared/rota/duty.ts';
import { ROTA_LIMITS, rotaView, rotaWeek } from '@counter-hub/shared/rota/rota.ts';
import { monday } from '@counter-hub/shared/rota/week.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';
import { presentDuty } from './presentDuty.ts';
import { listWeeks, presentRota } from './presentRota.ts';
import { endLeave, giveLeave, planRota, publishRota, substitute } from './rotaCommands.ts';
import { requireCounter } from './rotaPlace.ts';

const tag = 'Rota';
const params = z.strictObject({ counterId, monday });
const weeksQuery = z.strictObject({
	from: monday,
	weeks: z.coerce.number().int().min(1).max(ROTA_LIMITS.weeksPerQuestion).default(4),
});
/** Of every command on a rota. */
const COMMAND_ERRORS = [
	'notAllowed',
	'notFound',
	'notMonday',
	'rotaPast',
	'rotaTooFar',
	'staleVersion',
	'commandReused',
	'queueFull',
] as const;

/** Rotas of counters (S4.2): their planners make them, everybody signed in sees who is on duty. */
export function rotaRoutes(hub: HubContext): void {
	const guard = signedIn(hub);
	const path = '/counters/{counterId}/rotas/{monday}' as const;

	hub.api.route({
		method: 'get',
		path: '/counters/{counterId}/rotas',
		operationId: 'listRotaWeeks',
		summary: 'How the weeks of a counter stand from a Monday on: planned, published, uncovered, vacant',
		tag,
		guard,
		params: z.strictObject({ counterId }),
		query: weeksQuery,
		response: z.object({ weeks: z.array(rotaWeek) }),
		errors: ['notAllowed', 'notFound', 'notMonday'],
		handler: async ({ actor: { actor }, params: { counterId: id }, query: { from, weeks } }) => {
			const counter = await requireCounter(hub, id);
			assertMay(may.readRota(actor, counter.cityCode));
			return { weeks: await listWeeks(hub, counter, from, weeks) };
		},
	});

	hub.api.route({
		method: 'get',
		path,
		operationId: 'readRota',
		summary: 'The rota of a counter and week; a draft is for those who plan alone',
		tag,
		guard,
		params,
		response: rotaView,
		errors: ['notAllowed', 'notFound', 'notMonday'],
		handler: async ({ actor: { actor }, params: { counterId: id, monday: week } }) => {
			const counter = await requireCounter(hub, id);
			assertMay(may.readRota(actor, counter.cityCode));
			return presentRota(hub, actor, counter, week);
		},
	});

	hub.api.route({
		method: 'post',
		path: `${path}/plan`,
		operationId: 'planRota',
		summary: 'Assigns, clears or copies slots, or says which days and windows serve',
		tag,
		guard,
		params,
		body: planBody,
		response: rotaView,
		errors: [
			...COMMAND_ERRORS,
			'unknownWindow',
			'notOfCounter',
			'slotNotServed',
			'slotOnLeave',
			'sameBothPosts',
			'busyElsewhere',
			'rotaUncovered',
		],
		handler: ({ actor, params: place, body }) => planRota(hub, actor, place, body),
	});

	hub.api.route({
		method: 'post',
		path: `${path}/publication`,
		operationId: 'publishRota',
		summary: 'Puts a complete week in force; each slot without anybody is named otherwise',
		tag,
		guard,
		params,
		body: publishBody,
		response: rotaView,
		errors: [...COMMAND_ERRORS, 'rotaUncovered', 'notOfCounter'],
		handler: ({ actor, params: place, body }) => publishRota(hub, actor, place, body),
	});

	hub.api.route({
		method: 'post',
		path: `${path}/leaves`,
		operationId: 'giveLeave',
		summary: 'Leave of a person from slots of a published week, with substitutes or none yet',
		tag,
		guard,
		params,
		body: leaveBody,
		response: rotaView,
		errors: [
			...COMMAND_ERRORS,
			'personalNumber',
			'rotaNotPublished',
			'notInSlot',
			'slotOnLeave',
			'notOfCounter',
			'busyElsewhere',
		],
		handler: ({ actor, params: place, body }) => giveLeave(hub, actor, place, body),
	});

	hub.api.route({
		method: 'post',
		path: `${path}/substitutions`,
		operationId: 'substituteInRota',
		summary: 'Who stands in for somebody on leave',
		tag,
		guard,
		params,
		body: substituteBody,
		response: rotaView,
		errors: [...COMMAND_ERRORS, 'rotaNotPublished', 'slotNotOnLeave', 'notOfCounter', 'busyElsewhere'],
		handler: ({ actor, params: place, body }) => substitute(hub, actor, place, body),
	});

	hub.api.route({
		method: 'post',
		path: `${path}/leave-ends`,
		operationId: 'endLeave',
		summary: 'Somebody is back from leave',
		tag,
		guard,
		params,
		body: endLeaveBody,
		response: rotaView,
		errors: [...COMMAND_ERRORS, 'rotaNotPublished', 'slotNotOnLeave'],
		handler: ({ actor, params: place, body }) => endLeave(hub, actor, place, body),
	});

	hub.api.route({
		method: 'get',
		path: '/duty',
		operationId: 'readDuty',
		summary: 'Who is on post A and B at every counter on a day, by window and half-day',
		tag,
		guard,
		query: dutyQuery,
		response: dutyView,
		handler: ({ query }) => presentDuty(hub, query.date),
	});
}
