import { openingAt, type Opening } from '@counter-hub/shared/hours/opening.ts';
import type { HubContext } from '../../HubContext.ts';
import { calendarOf } from '../calendar/calendarProjection.ts';
import { places } from '../counters/Places.ts';
import { hoursFrom, hoursStateOf } from './hoursProjection.ts';

/**
 * Whether a counter is open, until when, and when it opens next; for whatever wants to say so. Nothing may be refused
 * because a counter is closed (S6.1).
 * @param at milliseconds since 1970; without it: now
 * @throws AppError `unknownCounter`
 */
export async function openingOf(
	hub: HubContext,
	counterId: string,
	at: number = hub.now(),
): Promise<Opening> {
	const [state, calendar] = await Promise.all([
		hoursStateOf(hub, counterId),
		calendarOf(hub),
		places(hub).requireCounter(counterId),
	]);
	return openingAt(hoursFrom(state), calendar, at);
}
