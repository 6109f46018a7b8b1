import { z } from 'zod';
import { eventActor } from './eventActor.ts';
import { about, eventData, type EventType } from './events.ts';
import { eventShapes } from './eventShapes.ts';

const eventType = z.enum(Object.keys(eventData) as [EventType, ...EventType[]]);

const refOf = (shape: string) => ({ $ref: `#/components/schemas/${shape}` });

/** An event as clients get it. `actorName` is looked up when shown. */
export const eventView = z
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
		about,
		/** The state machine that it moved, `kind:id`, and the version of that after it; null for every other event. */
		machine: z.string().nullable(),
		version: z.int().nullable(),
		data: z.record(z.string(), z.unknown()),
		hash: z.string(),
	})
	.meta({ id: 'TimelineEvent', override: { oneOf: Object.keys(eventShapes).map(refOf) } });
export type EventView = z.infer<typeof eventView>;

export const timelineQuery = z.strictObject({
	/** Events after, or before, this sequence number, or between the two. Without either: the newest. */
	after: z.coerce.number().int().min(0).optional(),
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Events in ascending order; `head` is the last sequence number of the whole timeline. */
export const timelinePage = z
	.object({ events: z.array(eventView), head: z.int() })
	.meta({ id: 'TimelinePage' });
