import { ROTA_LIMITS } from './rota.ts';
import { addDays } from '../calendar/localDate.ts';
import { weekAt } from './week.ts';

/** Whether the rota of a week is `past`, `open` to planning, or `tooFar` ahead, at an instant (ms since 1970). */
export function weekStanding(monday: string, now: number): 'past' | 'open' | 'tooFar' {
	const present = weekAt(now);
	if (monday < present) return 'past';
	return monday > addDays(present, 7 * ROTA_LIMITS.weeksAhead) ? 'tooFar' : 'open';
}
