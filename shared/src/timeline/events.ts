import type { z } from 'zod';
import { caseEvents } from '../cases/events.ts';
import { counterEvents } from '../counters/events.ts';
import { noteEvents } from '../notes/events.ts';
import { peopleEvents } from '../people/events.ts';
import { sessionEvents } from '../sessions/events.ts';
import type { EventActor } from './eventActor.ts';

/** The data of every event, by its type: one line a feature. */
export const eventData = {
	...caseEvents,
	...sessionEvents,
	...noteEvents,
	...peopleEvents,
	...counterEvents,
} as const;
export type EventType = keyof typeof eventData;
export type EventDataOf<T extends EventType> = z.infer<(typeof eventData)[T]>;

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
