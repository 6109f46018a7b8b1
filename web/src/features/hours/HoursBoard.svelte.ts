import type { CalendarView } from '@counter-hub/shared/calendar/calendar.ts';
import type { CounterHours } from '@counter-hub/shared/hours/hours.ts';
import { openingAt, type Opening } from '@counter-hub/shared/hours/opening.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { calendarApi } from '#features/calendar/calendarApi.ts';
import { countersApi } from '#features/counters/countersApi.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { hoursApi } from './hoursApi.ts';
import { WeekForm } from './WeekForm.svelte.ts';

/** A counter, when it serves, and what is being changed about that. */
interface Entry {
	counter: CounterView;
	form: WeekForm;
}

/** The hours of the administrator's counters. */
export class HoursBoard {
	entries = $state.raw<readonly Entry[] | null>(null);
	calendar = $state.raw<CalendarView | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** What was typed into forms stays. */
	async read(): Promise<void> {
		this.problem = null;
		const { api, signIn } = this.#app;
		try {
			const [counters, hours, calendar] = await Promise.all([
				countersApi.list(api),
				hoursApi.read(api),
				calendarApi.read(api),
			]);
			this.calendar = calendar;
			this.entries = counters
				.filter(({ cityCode }) => signIn.me?.staff.cities.includes(cityCode))
				.flatMap((counter) => {
					const found = hours.find(({ counterId }) => counterId === counter.id);
					return found ? [{ counter, form: this.#formOf(found) }] : [];
				});
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	openingOf(hours: CounterHours): Opening | null {
		return this.calendar ? openingAt(hours, this.calendar, this.#app.clock.now) : null;
	}

	#formOf(hours: CounterHours): WeekForm {
		const form = this.entries?.find(({ counter }) => counter.id === hours.counterId)?.form;
		if (!form) return new WeekForm(this.#app, hours);
		form.hours = hours;
		return form;
	}
}
