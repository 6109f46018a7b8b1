import type { DutyView } from '@counter-hub/shared/rota/duty.ts';
import { mondayOf } from '@counter-hub/shared/rota/week.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { rotaApi } from './rotaApi.ts';

/** Pages everywhere hear of a change at the same moment; they ask within so long of it, and once for several. */
const SPREAD_MS = 1_500;

/** Who is on duty at all counters on a day. */
export class Duty {
	view = $state.raw<DutyView | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** The day asked for. */
	readonly date: string;
	readonly #app: App;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(app: App, date: string) {
		this.#app = app;
		this.date = date;
	}

	/** Reads it, at each connection anew, and hears of changes; returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('rota:changed', ({ monday, published }) => {
				if (!published || monday !== mondayOf(this.date)) return;
				this.#timer ??= setTimeout(() => {
					this.#timer = undefined;
					void this.read();
				}, Math.random() * SPREAD_MS);
			}),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			clearTimeout(this.#timer);
			this.#timer = undefined;
			for (const stop of stops) stop();
		};
	}

	async read(): Promise<void> {
		this.problem = null;
		try {
			this.view = await rotaApi.duty(this.#app.api, this.date);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}
}
