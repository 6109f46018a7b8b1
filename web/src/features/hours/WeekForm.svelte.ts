import type { CounterHours } from '@counter-hub/shared/hours/hours.ts';
import type { Span } from '@counter-hub/shared/hours/spans.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { CommandId } from '#platform/CommandId.ts';
import { faultIn } from './faultIn.ts';
import { hoursApi } from './hoursApi.ts';
import { normalSpans } from './normalTime.ts';

const FRIDAY = 5;

/** The week of one counter while it is edited. What was typed stays, whatever else is saved of the counter meanwhile. */
export class WeekForm {
	/** Monday to Sunday. */
	days = $state<Span[][]>([]);
	busy = $state(false);
	problem = $state.raw<ApiProblem | null>(null);
	/** As it is saved. */
	hours = $state.raw() as CounterHours;
	readonly #app: App;
	readonly #command = new CommandId();

	constructor(app: App, hours: CounterHours) {
		this.#app = app;
		this.hours = hours;
		this.reset();
	}

	/** What was typed as it is meant; a field shows it so when it is left. */
	readonly week = $derived(this.days.map(normalSpans));
	readonly faults = $derived(this.week.map(faultIn));
	readonly isRight = $derived(this.faults.every((fault) => fault === undefined));
	readonly changed = $derived(JSON.stringify(this.week) !== JSON.stringify(this.hours.week));

	/** Back to what is saved. */
	reset(): void {
		this.days = structuredClone(this.hours.week);
		this.problem = null;
	}

	/** Tuesday to Friday become as Monday is. */
	repeatMonday(): void {
		const monday = $state.snapshot(this.days[0] ?? []);
		this.days = this.days.map((day, index) => (index > 0 && index < FRIDAY ? structuredClone(monday) : day));
	}

	/** @returns the hours as saved, or null when something is to be corrected first */
	async submit(): Promise<CounterHours | null> {
		if (this.busy || !this.isRight) return null;
		this.busy = true;
		this.problem = null;
		const content = { version: this.hours.version, week: this.week };
		try {
			const commandId = this.#command.of(JSON.stringify(content));
			return await hoursApi.setWeek(this.#app.api, this.hours.counterId, { commandId, ...content });
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		} finally {
			this.busy = false;
		}
	}
}
