import { z } from 'zod';
import { eventData } from './events.ts';

/** The name that an event's shape has in the API's document: `case.opened` → `CaseOpenedEvent`. */
const nameOf = (type: string) =>
	`${type.replaceAll(/(?:^|\.)(\w)/g, (_, letter: string) => letter.toUpperCase())}Event`;

/** What each event holds, by that name; `TimelineEvent` refers to them there. */
export const eventShapes: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
	Object.entries(eventData).map(([type, data]) => [
		nameOf(type),
		z.looseObject({ type: z.literal(type), data }),
	]),
);
