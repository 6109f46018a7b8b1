import type { TicketState } from '@counter-hub/shared/tickets/ticketState.ts';
import type { TicketView } from '@counter-hub/shared/tickets/tickets.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { ticketsApi } from './ticketsApi.ts';

export type Shown = TicketState | 'open';

/** Tickets in a state, or all that are open, paged by key and kept up to date. */
export class TicketList {
	rows = $state.raw<readonly TicketView[] | null>(null);
	problem = $state.raw<ApiProblem | null>(null);
	extending = $state(false);
	shown = $state<Shown>('open');
	#nextCursor = $state<string | null>(null);
	readonly hasMore = $derived(this.#nextCursor !== null);
	readonly #app: App;
	readonly #limit: number | undefined;
	#reading: AbortController | null = null;

	/** @param limit rows of a page; the hub's own size where none is given */
	constructor(app: App, limit?: number) {
		this.#app = app;
		this.#limit = limit;
	}

	/** Begins to follow; returns what ends it. */
	follow(): () => void {
		const { hub } = this.#app;
		const stops = [hub.on('tickets:changed', () => void this.read()), hub.onConnect(() => void this.read())];
		return () => {
			this.#reading?.abort();
			for (const stop of stops) stop();
		};
	}

	show(shown: Shown): void {
		this.shown = shown;
		this.rows = null;
		void this.read();
	}

	/** As many rows as are shown now, at least a page; what was shown stays until the answer is there. */
	async read(): Promise<void> {
		this.#reading?.abort();
		const { signal } = (this.#reading = new AbortController());
		const wanted = this.rows?.length ?? 0;
		try {
			let page = await this.#page(undefined, signal);
			const rows = [...page.tickets];
			while (rows.length < wanted && page.nextCursor !== null) {
				page = await this.#page(page.nextCursor, signal);
				rows.push(...page.tickets);
			}
			this.rows = rows;
			this.#nextCursor = page.nextCursor;
			this.problem = null;
		} catch (error) {
			if (!signal.aborted) this.problem = ApiProblem.from(error);
		}
	}

	async more(): Promise<void> {
		const cursor = this.#nextCursor;
		if (cursor === null || this.extending) return;
		this.extending = true;
		const { shown } = this;
		try {
			const page = await this.#page(cursor);
			if (shown !== this.shown) return;
			const known = new Set(this.rows?.map(({ id }) => id));
			this.rows = [...(this.rows ?? []), ...page.tickets.filter(({ id }) => !known.has(id))];
			this.#nextCursor = page.nextCursor;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.extending = false;
		}
	}

	#page(cursor?: string, signal?: AbortSignal) {
		return ticketsApi.list(this.#app.api, { state: this.shown, cursor, limit: this.#limit }, signal);
	}
}
