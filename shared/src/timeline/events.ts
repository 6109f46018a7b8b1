import { z } from 'zod';
import { auditEvents } from '../audit/events.ts';
import { calendarEvents } from '../calendar/events.ts';
import { caseEvents } from '../cases/events.ts';
import { cityEvents } from '../cities/events.ts';
import { counterEvents } from '../counters/events.ts';
import { facilityEvents } from '../facilities/events.ts';
import { sessionId } from '../ids/ids.ts';
import { stillEvents } from '../stills/events.ts';
import { reviewEvents } from '../reviews/events.ts';
import { annotationEvents } from '../annotations/events.ts';
import { formEvents } from '../forms/events.ts';
import { chatEvents } from '../chat/events.ts';
import { fileEvents } from '../files/events.ts';
import { guideEvents } from '../guides/events.ts';
import { hoursEvents } from '../hours/events.ts';
import { checkEvents } from '../checks/events.ts';
import { reminderEvents } from '../reminders/events.ts';
import { shiftEvents } from '../shifts/events.ts';
import { ticketEvents } from '../tickets/events.ts';
import { linkEvents } from '../links/events.ts';
import { qualificationEvents } from '../qualifications/events.ts';
import { readingEvents } from '../reading/events.ts';
import { noteEvents } from '../notes/events.ts';
import { rotaEvents } from '../rota/events.ts';
import { undertakingEvents } from '../undertakings/events.ts';
import { peopleEvents } from '../people/events.ts';
import { sessionEvents } from '../sessions/events.ts';
import type { EventActor } from './eventActor.ts';

/** The data of every event, by its type: one line a feature. */
export const eventData = {
	...caseEvents,
	...sessionEvents,
	...noteEvents,
	...peopleEvents,
	...cityEvents,
	...counterEvents,
	...auditEvents,
	...stillEvents,
	...reviewEvents,
	...annotationEvents,
	...formEvents,
	...chatEvents,
	...fileEvents,
	...guideEvents,
	...readingEvents,
	...rotaEvents,
	...qualificationEvents,
	...undertakingEvents,
	...calendarEvents,
	...hoursEvents,
	...facilityEvents,
	...linkEvents,
	...checkEvents,
	...ticketEvents,
	...shiftEvents,
	...reminderEvents,
} as const;
export type EventType = keyof typeof eventData;
export type EventDataOf<T extends EventType> = z.infer<(typeof eventData)[T]>;

/** What an event is about: where to find it again, and nothing more. */
export const about = z.strictObject({ sessionId: sessionId.optional() });
export type About = z.infer<typeof about>;

/** An event before it has a place in the chain. */
export type EventDraft<T extends EventType = EventType> = {
	[K in T]: {
		type: K;
		data: EventDataOf<K>;
		actor: EventActor;
		about?: About;
		/** Of an event that moves a state machine, `kind:id`, and the machine's version after it: both or neither. */
		machine?: string;
		version?: number;
	};
}[T];
