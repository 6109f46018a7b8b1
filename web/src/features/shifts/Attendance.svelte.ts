import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { AttendanceRow } from '@counter-hub/shared/shifts/attendance.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { shiftsApi } from './shiftsApi.ts';

/** One day, or the days up to it. */
export type Span = 'day' | 'week' | 'month';
const DAYS: Record<Span, number> = { day: 1, week: 7, month: 31 };

/** Attendance of a span of days, as far as one may read it; read anew when shifts change. */
export class Attendance {
	rows = $state.raw<readonly AttendanceRow[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	span = $state<Span>('day');
	/** The last day of it. */
	date = $state('');
	readonly today: string;
	readonly #app: App;
	#reading: AbortController | null = null;

	constructor(app: App) {
		this.#app = app;
		this.today = this.date = shanghaiDate(app.clock.now);
	}

	/** Begins to follow; returns what ends it. */
	follow(): () => void {
		const { hub } = this.#app;
		const stops = [hub.on('shift:changed', () => void this.read()), hub.onConnect(() => void this.read())];
		return () => {
			this.#reading?.abort();
			for (const stop of stops) stop();
		};
	}

	show(span: Span, date: string): void {
		this.span = span;
		this.date = date;
		this.rows = null;
		void this.read();
	}

	async read(): Promise<void> {
		this.#reading?.abort();
		const { signal } = (this.#reading = new AbortController());
		const query = { from: addDays(this.date, 1 - DAYS[this.span]), to: this.date };
		try {
			const { rows } = await shiftsApi.attendance(this.#app.api, query, signal);
			// The latest day first.
			this.rows = rows.toSorted((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
			this.problem = null;
		} catch (error) {
			if (!signal.aborted) this.problem = ApiProblem.from(error);
		}
	}
}
