import { linkMatrix, type LinkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';

/** A notice that is lost costs so long. */
const LOOK_MS = 15_000;

/** Today's matrix of links, or that of another day, read anew whenever the hub says that something has changed. */
export class LiveMatrix {
	readonly #app: App;
	/** Null: today, whatever the date becomes. */
	#date = $state<string | null>(null);
	matrix = $state.raw<LinkMatrix | null>(null);
	/** Why the last look failed; what was known before stays. */
	problem = $state.raw<ApiProblem | null>(null);
	#reading = false;
	#again = false;

	constructor(app: App) {
		this.#app = app;
	}

	/** The day that is shown; null: today. */
	get date(): string | null {
		return this.#date;
	}

	/** Begins to follow; returns what ends it. */
	follow(): () => void {
		const { hub } = this.#app;
		const stops = [
			hub.on('links:changed', () => {
				if (this.#date === null) void this.read();
			}),
			hub.onConnect(() => {
				hub.request('links:watch', {}).catch(() => undefined);
				void this.read();
			}),
		];
		const timer = setInterval(() => {
			if (this.#date === null && hub.state === 'connected') void this.read();
		}, LOOK_MS);
		return () => {
			clearInterval(timer);
			for (const stop of stops) stop();
			hub.request('links:leave', {}).catch(() => undefined);
		};
	}

	/** Another day; null is today. */
	show(date: string | null): void {
		if (date === this.#date) return;
		this.#date = date;
		this.matrix = null;
		this.problem = null;
		void this.read();
	}

	/** One look at a time; what is asked for meanwhile comes after it. */
	async read(): Promise<void> {
		if (this.#reading) {
			this.#again = true;
			return;
		}
		this.#reading = true;
		const date = this.#date;
		try {
			const query = date === null ? {} : { date };
			const matrix = await this.#app.api.get('/links/matrix', linkMatrix, { query });
			if (date === this.#date) {
				this.matrix = matrix;
				this.problem = null;
			}
		} catch (error) {
			if (date === this.#date) this.problem = ApiProblem.from(error);
		} finally {
			this.#reading = false;
			if (this.#again || date !== this.#date) {
				this.#again = false;
				void this.read();
			}
		}
	}
}
