import type { FitnessOfStaff } from '@counter-hub/shared/fitness/fitness.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { fitnessApi } from './fitnessApi.ts';

/** Whether whoever is signed in may open a shift today; true also when something changes while the page is open. */
export class OwnFitness {
	now = $state.raw<FitnessOfStaff | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	readonly #app: App;

	constructor(app: App) {
		this.#app = app;
	}

	/** Returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#app.hub.on('fitness:changed', () => void this.read()),
			this.#app.hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	async read(): Promise<void> {
		const staffId = this.#app.signIn.me?.staff.id;
		if (staffId === undefined) return;
		this.problem = null;
		try {
			this.now = await fitnessApi.of(this.#app.api, staffId);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}
}
