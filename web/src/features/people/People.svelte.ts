import type { StaffView } from '@counter-hub/shared/people/people.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { peopleApi, type StaffFilters } from './peopleApi.ts';

/** The people of the administrator's cities, paged by key, and what is done to them. */
export class People {
	rows = $state.raw<readonly StaffView[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	extending = $state(false);
	filters = $state.raw<StaffFilters>({ text: '', counterId: '' });
	#nextCursor = $state<string | null>(null);
	readonly hasMore = $derived(this.#nextCursor !== null);
	readonly #app: App;
	#reading: AbortController | null = null;

	constructor(app: App) {
		this.#app = app;
	}

	async read(filters: StaffFilters = this.filters): Promise<void> {
		this.filters = filters;
		this.#reading?.abort();
		const reading = new AbortController();
		this.#reading = reading;
		this.problem = null;
		try {
			const page = await peopleApi.list(this.#app.api, this.#query(), reading.signal);
			this.rows = page.staff;
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
		try {
			const page = await peopleApi.list(this.#app.api, { ...this.#query(), cursor });
			this.rows = [...(this.rows ?? []), ...page.staff];
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.extending = false;
		}
	}

	/** Shows a changed or new person in the list without reading it again. */
	put(staff: StaffView): void {
		const rows = this.rows ?? [];
		this.rows = rows.some((row) => row.id === staff.id)
			? rows.map((row) => (row.id === staff.id ? staff : row))
			: [staff, ...rows];
	}

	/** @throws ApiProblem `ORG-3004` when somebody else changed the person; the list is read again then */
	async setDisabled(staff: StaffView, disabled: boolean): Promise<void> {
		try {
			this.put(await peopleApi.update(this.#app.api, staff.id, { version: staff.version, disabled }));
		} catch (error) {
			if (ApiProblem.from(error).is('ORG-3004')) void this.read();
			throw error;
		}
	}

	/** Nobody waits any longer because of wrong passwords under this person's name. */
	async lift(staff: StaffView): Promise<void> {
		this.put(await peopleApi.lift(this.#app.api, staff.id));
	}

	#query() {
		const { text, counterId } = this.filters;
		return { ...(text.trim() !== '' && { text: text.trim() }), ...(counterId !== '' && { counterId }) };
	}
}
