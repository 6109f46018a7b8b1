import { CALENDAR_LIMITS, type CalendarView } from '@counter-hub/shared/calendar/calendar.ts';
import { faultsOf } from '@counter-hub/shared/calendar/calendarFaults.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { calendarApi } from './calendarApi.ts';
import { changesOf } from './changesOf.ts';
import { readImport } from './readImport.ts';

/** A year on its way into the calendar: what was pasted, what was read of it, and what it will change. */
export class CalendarImport {
	text = $state('');
	source = $state('');
	busy = $state(false);
	tried = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** Chosen as text, as a select has it. */
	year = $state('');
	/** As it was read last. */
	calendar = $state.raw<CalendarView>({ version: 0, coveredUntil: null, years: [] });
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, calendar: CalendarView) {
		this.#app = app;
		this.calendar = calendar;
		this.year = String(this.next);
	}

	readonly next = $derived((this.calendar.years.at(-1)?.year ?? CALENDAR_LIMITS.firstYear - 1) + 1);
	/** The years that may be brought in, the new one first. */
	readonly years = $derived([this.next, ...this.calendar.years.map(({ year }) => year).toReversed()]);
	readonly before = $derived(this.calendar.years.find(({ year }) => year === Number(this.year)) ?? null);
	readonly read = $derived(readImport(this.text, Number(this.year)));
	readonly lists = $derived({
		year: Number(this.year),
		daysOff: this.read.daysOff,
		workedWeekends: this.read.workedWeekends,
	});
	readonly isEmpty = $derived(this.text.trim() === '');
	readonly faults = $derived(faultsOf(this.lists));
	readonly changes = $derived(this.before ? changesOf(this.before, this.lists) : []);
	readonly hasDays = $derived(this.read.daysOff.length > 0);
	readonly sourceMissing = $derived(Array.from(this.source.trim()).length < 4);

	/** What was read says more than its dates: of which year it is, and its number. */
	taken(): void {
		const { year, source } = this.read;
		if (year !== null && this.years.includes(year)) this.year = String(year);
		if (source !== null) this.source = source;
	}

	/** @returns the calendar with the year, or null when something is to be corrected first */
	async submit(): Promise<CalendarView | null> {
		this.tried = true;
		this.problem = null;
		if (this.busy || !this.hasDays || this.faults.length > 0 || this.sourceMissing) return null;
		this.busy = true;
		const content = { version: this.calendar.version, ...this.lists, source: this.source.trim() };
		try {
			const commandId = this.#command.of(JSON.stringify(content));
			return await calendarApi.importYear(this.#app.api, { commandId, ...content });
		} catch (error) {
			this.problem = ApiProblem.from(error);
			// What will change is shown anew, and the next press means that.
			if (this.problem.is('ORG-3004')) this.calendar = await calendarApi.read(this.#app.api);
			return null;
		} finally {
			this.busy = false;
		}
	}
}
