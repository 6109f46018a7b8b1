import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { Plan } from '@counter-hub/shared/rota/rota.ts';

/** Monday to Friday. */
const USUAL_DAYS = [1, 2, 3, 4, 5];

/**
 * A week in which nothing was planned yet: the windows that are open, on the usual days. A calendar of working days has
 * its place here: it would say for this very week which days are served, holidays and make-up days included.
 */
export const newWeek = ({ windows }: CounterView): Plan => ({
	servedDays: USUAL_DAYS,
	servedWindows: windows.filter(({ open }) => open).map(({ id }) => id),
	assigned: [],
	leaves: [],
});
