import type { StaffFitness } from '@counter-hub/shared/fitness/fitness.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { fitnessApi, type FitnessFilters } from './fitnessApi.ts';

/** Clerks and approvers of the cities that are looked after, with what they lack; paged by key. */
export class FitnessList {
	rows = $state.raw<readonly StaffFitness[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	extending = $state(false);
	filters = $state.raw<FitnessFilters>({ text: '', counterId: '', lacking: false });
	/** The day that it is of. */
	date = $state('');
	/** Of the undertaking; null while there is none. */
	currentVersion = $state<number | null>(null);
	#nextCursor = $state<string | null>(null);
	readonly hasMore = $derived(this.#nextCursor !== null);
	readonly #app: App;
	#reading: AbortController | null = null;

	constructor(app: App) {
		this.#app = app;
	}

	async read(filters: FitnessFilters = this.filters): Promise<void> {
		this.filters = filters;
		this.#reading?.abort();
		const { signal } = (this.#reading = new AbortController());
		this.problem = null;
		try {
			const page = await fitnessApi.list(this.#app.api, filters, { signal });
			this.rows = page.people;
			this.date = page.date;
			this.currentVersion = page.currentVersion;
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			if (signal.aborted) return;
			this.rows = null;
			this.problem = ApiProblem.from(error);
		}
	}

	async more(): Promise<void> {
		const cursor = this.#nextCursor;
		if (cursor === null || this.extending) return;
		this.extending = true;
		try {
			const page = await fitnessApi.list(this.#app.api, this.filters, { cursor });
			this.rows = [...(this.rows ?? []), ...page.people];
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.extending = false;
		}
	}

	/** One person as he stands now. He stays in his place, also where he no longer fits what is looked for. */
	async renew(staffId: string): Promise<StaffFitness | null> {
		try {
			const { person, date, currentVersion } = await fitnessApi.of(this.#app.api, staffId);
			this.rows = (this.rows ?? []).map((row) => (row.staffId === staffId ? person : row));
			this.date = date;
			this.currentVersion = currentVersion;
			return person;
		} catch (error) {
			this.problem = ApiProblem.from(error);
			return null;
		}
	}
}
