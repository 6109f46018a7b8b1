import type { CaseSummary } from '@counter-hub/shared/cases/cases.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import type { CaseQuery } from './caseFilters.ts';
import { casesApi } from './casesApi.ts';

/** Notices that come close together cause one look at the hub. */
const GATHER_MS = 400;

/**
 * A list of cases, paged by key. What changes meanwhile is shown in its row; new rows wait behind “新 2 件” and are
 * never pushed under the pointer.
 */
export class CaseList {
	rows = $state.raw<readonly CaseSummary[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	/** Reading the next page. */
	extending = $state(false);
	/** Newer cases than those shown. */
	fresh = $state.raw<readonly CaseSummary[]>([]);

	#nextCursor = $state<string | null>(null);
	readonly hasMore = $derived(this.#nextCursor !== null);

	readonly #app: App;
	#query: CaseQuery = {};
	#reading: AbortController | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(app: App) {
		this.#app = app;
	}

	/** Use in an effect: keeps the list up to date while it is on screen. */
	follow(): () => void {
		const later = () => {
			clearTimeout(this.#timer);
			this.#timer = setTimeout(() => void this.#look(), GATHER_MS);
		};
		let first = true;
		const stops = [
			this.#app.hub.on('case:changed', later),
			this.#app.hub.onConnect(() => {
				if (!first) later();
				first = false;
			}),
		];
		return () => {
			clearTimeout(this.#timer);
			this.#reading?.abort();
			for (const stop of stops) stop();
		};
	}

	/** Reads the first page of `query`; what was shown stays until the answer is there. */
	async read(query: CaseQuery = this.#query): Promise<void> {
		this.#query = query;
		this.#reading?.abort();
		const reading = new AbortController();
		this.#reading = reading;
		this.problem = null;
		this.fresh = [];
		try {
			const page = await casesApi.list(this.#app.api, query, reading.signal);
			this.rows = page.cases;
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			if (reading.signal.aborted) return;
			this.rows = null;
			this.problem = ApiProblem.from(error);
		}
	}

	async more(): Promise<void> {
		const cursor = this.#nextCursor;
		if (cursor === null || this.extending) return;
		this.extending = true;
		const query = this.#query;
		try {
			const page = await casesApi.list(this.#app.api, { ...query, cursor });
			if (query !== this.#query) return;
			const known = new Set(this.rows?.map((row) => row.id));
			this.rows = [...(this.rows ?? []), ...page.cases.filter((row) => !known.has(row.id))];
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.extending = false;
		}
	}

	/** Puts the waiting rows in. */
	showFresh(): Promise<void> {
		return this.read();
	}

	async #look(): Promise<void> {
		if (this.rows === null) return;
		const query = this.#query;
		const page = await casesApi.list(this.#app.api, query).catch(() => null);
		if (page === null || query !== this.#query) return;
		if (this.rows.length === 0) {
			this.rows = page.cases;
			this.#nextCursor = page.nextCursor;
			return;
		}
		const now = new Map(page.cases.map((row) => [row.id, row]));
		const known = new Set(this.rows.map((row) => row.id));
		this.rows = this.rows.map((row) => now.get(row.id) ?? row);
		this.fresh = page.cases.filter((row) => !known.has(row.id));
	}
}
