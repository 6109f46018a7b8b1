import { z } from 'zod';
import { cityCode } from '../cities/cities.ts';
import { itemNo } from '../catalogue/catalogue.ts';
import { duty } from '../cases/cases.ts';
import { type caseId, counterId, personId, sessionId, staffId, windowId } from '../ids/ids.ts';
import { role } from '../people/people.ts';
import { conclusion, declineReason, sessionPurpose } from '../sessions/sessions.ts';

/**
 * Who acted, from where, in which duty. The system itself acts at deadlines and on reports of the media nodes.
 * Names are looked up when shown; events carry ids only.
 */
const eventActor = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('staff'),
		staffId,
		role,
		cityCode,
		counterId: counterId.nullable(),
		windowId: windowId.nullable(),
		duty: duty.nullable(),
	}),
	z.object({ kind: z.literal('system'), by: z.enum(['deadline', 'mediaNode', 'hub']) }),
]);
export type EventActor = z.infer<typeof eventActor>;

const participant = z.object({ participantId: z.string(), staffId, counterId, cityCode, duty });

/** When a media node saw it, by the hub's clock and by its own; missing where a hub concluded it. */
const factTimes = { occurredAt: z.iso.datetime().optional(), nodeAt: z.iso.datetime().optional() };

/** Facts of a case. Personal data never stand here: `personId` points into the protected store. */
const caseEventData = {
	'case.opened': z.object({
		caseNo: z.string(),
		itemNo,
		enterpriseName: z.string(),
		uscc: z.string(),
		usccWarning: z.boolean(),
		personId,
		originCity: cityCode,
		originCounterId: counterId,
		permitCity: cityCode,
		permitCounterId: counterId,
		demo: z.boolean(),
	}),
	'case.noted': z.object({ text: z.string() }),
	'person.unmasked': z.object({ personId, reason: z.string() }),
} as const;

/** Facts of a video session; they stand on the timeline of its case, each with `sessionId` and the session's `version`. */
export const sessionEventData = {
	'session.requested': z.object({
		purpose: sessionPurpose,
		note: z.string(),
		caller: participant.extend({ windowId: windowId.nullable() }),
		toCounterId: counterId,
		toCity: cityCode,
		toDuty: duty,
		/** A missed call that this one answers. */
		callsBack: sessionId.nullable(),
	}),
	'session.ringing': z.object({ nodeId: z.string(), ringUntil: z.iso.datetime() }),
	'session.answered': z.object({ callee: participant.extend({ windowId: windowId.nullable() }) }),
	'session.declined': z.object({ reason: declineReason, note: z.string() }),
	'session.cancelled': z.object({}),
	'session.missed': z.object({}),
	'session.failed': z.object({ errorCode: z.string() }),
	'session.joined': z.object({ participantId: z.string(), gapMs: z.int().nullable(), ...factTimes }),
	'session.left': z.object({ participantId: z.string(), reason: z.string(), ...factTimes }),
	'session.mediaLost': z.object({ reason: z.string(), ...factTimes }),
	'session.mediaRestored': z.object({ gapMs: z.int(), ...factTimes }),
	'session.concluded': z.object({ conclusion, note: z.string() }),
	'session.ended': z.object({}),
	'session.abandoned': z.object({}),
} as const;

/** Administrative acts, on the timelines `staff:<id>` and `counter:<id>` (X3 in part). */
export const registerEventData = {
	'staff.created': z.object({ role, cities: z.array(cityCode), counterId: counterId.nullable() }),
	'staff.changed': z.object({
		changed: z.array(z.string()),
		role,
		cities: z.array(cityCode),
		counterId: counterId.nullable(),
		disabled: z.boolean(),
	}),
	'staff.passwordReset': z.object({}),
	'counter.created': z.object({ cityCode, name: z.string(), windows: z.int() }),
	'counter.changed': z.object({ changed: z.array(z.string()) }),
	'window.created': z.object({ windowId, number: z.int() }),
	'window.changed': z.object({ windowId, open: z.boolean() }),
} as const;

export const eventData = { ...caseEventData, ...sessionEventData, ...registerEventData } as const;
export type EventType = keyof typeof eventData;
export type EventDataOf<T extends EventType> = z.infer<(typeof eventData)[T]>;
const eventType = z.enum(Object.keys(eventData) as [EventType, ...EventType[]]);

/** An event before it has a place in the chain. */
export type EventDraft<T extends EventType = EventType> = {
	[K in T]: {
		type: K;
		data: EventDataOf<K>;
		actor: EventActor;
		/** Both or neither: the session and its version after this event. */
		sessionId?: string;
		version?: number;
	};
}[T];

/** An event as clients get it. `actorName` is looked up when shown. */
export const timelineEvent = z
	.object({
		subject: z.string(),
		seq: z.int().min(1),
		at: z.iso.datetime(),
		type: eventType,
		actor: eventActor,
		actorName: z.string().nullable(),
		/** Counter and window of the actor in words, for example 松江专窗 · 2号窗口. */
		actorPlace: z.string().nullable(),
		commandId: z.string(),
		sessionId: sessionId.nullable(),
		version: z.int().nullable(),
		data: z.record(z.string(), z.unknown()),
		hash: z.string(),
	})
	.meta({ id: 'TimelineEvent' });
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const timelineQuery = z.strictObject({
	/** Events after / before this sequence number; at most one of the two. Without either: the newest. */
	after: z.coerce.number().int().min(0).optional(),
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Events in ascending order; `head` is the last sequence number of the whole timeline. */
export const timelinePage = z
	.object({ events: z.array(timelineEvent), head: z.int() })
	.meta({ id: 'TimelinePage' });

export const subjectOfCase = (id: z.infer<typeof caseId>) => `case:${id}`;
