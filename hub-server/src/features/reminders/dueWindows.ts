import { startOfDay, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { hoursOn } from '@counter-hub/shared/hours/opening.ts';
import { minuteOf } from '@counter-hub/shared/hours/spans.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { ReminderStage } from '@counter-hub/shared/reminders/reminders.ts';
import { mondayOf } from '@counter-hub/shared/rota/week.ts';
import type { HubContext } from '../../HubContext.ts';
import { calendarOf } from '../calendar/calendarProjection.ts';
import { places } from '../counters/Places.ts';
import { hoursFrom, hoursStateOf } from '../hours/hoursProjection.ts';
import { readRotas } from '../rota/rotaPlace.ts';
import { showReminderRules } from './reminderRules.ts';

/** A window that is to be checked by now, or somebody is told. */
export interface DueWindow {
	readonly windowId: string;
	readonly windowNumber: number;
	readonly counter: CounterView;
	readonly date: string;
	readonly opensAt: string;
	/** Whose turn it is to hear of it. */
	readonly stage: ReminderStage;
}

/**
 * Windows that should be checked at this moment: those that serve today by the published rota (all that are open, where
 * there is none), from so many minutes before their counter opens until it closes for the day (L5).
 */
export async function dueWindows(hub: HubContext): Promise<DueWindow[]> {
	const now = hub.now();
	const date = shanghaiDate(now);
	const [counters, calendar] = await Promise.all([places(hub).all(), calendarOf(hub)]);
	const monday = mondayOf(date);
	const rotas = await readRotas(
		hub,
		counters.map(({ id }) => ({ counterId: id, monday })),
	);
	const found = await Promise.all(
		counters.map(async (counter, index): Promise<DueWindow[]> => {
			const [state, { rules }] = await Promise.all([
				hoursStateOf(hub, counter.id),
				showReminderRules(hub, counter.cityCode),
			]);
			const spans = hoursOn(hoursFrom(state), calendar, date).spans ?? [];
			const [first, last] = [spans[0], spans.at(-1)];
			if (!first || !last) return [];
			const opens = momentOf(date, first.from);
			const minutesLeft = (opens - now) / 60_000;
			if (minutesLeft > rules.clerkMinutes || now >= momentOf(date, last.to)) return [];
			const rota = rotas[index];
			const serves = (id: string): boolean =>
				!rota?.published || (rota.servedDays.includes(weekdayOf(date)) && rota.servedWindows.includes(id));
			return counter.windows
				.filter(({ id, open }) => open && serves(id))
				.map(({ id, number }) => ({
					windowId: id,
					windowNumber: number,
					counter,
					date,
					opensAt: new Date(opens).toISOString(),
					stage: minutesLeft > rules.supervisorMinutes ? 'clerk' : 'supervisor',
				}));
		}),
	);
	return found.flat();
}

const momentOf = (date: string, time: string): number => startOfDay(date) + minuteOf(time) * 60_000;
