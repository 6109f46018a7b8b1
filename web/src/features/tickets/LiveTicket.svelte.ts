import type { TicketDetail, TicketView } from '@counter-hub/shared/tickets/tickets.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import type { App } from '#platform/App.svelte.ts';
import { ticketsApi } from './ticketsApi.ts';

/** One ticket with its history, kept up to date. */
export class LiveTicket {
	readonly id: string;
	ticket = $state.raw<TicketView | null>(null);
	/** In ascending order. */
	events = $state.raw<readonly EventView[]>([]);
	problem = $state.raw<ApiProblem | null>(null);
	readingOlder = $state(false);
	readonly hasOlder = $derived((this.events[0]?.seq ?? 1) > 1);
	readonly #app: App;

	constructor(app: App, id: string) {
		this.#app = app;
		this.id = id;
	}

	/** Begins to follow; returns what ends it. */
	follow(): () => void {
		const { hub } = this.#app;
		const stops = [
			hub.on('tickets:changed', ({ ticketId }) => {
				if (ticketId === this.id) void this.read();
			}),
			hub.onConnect(() => void this.read()),
		];
		return () => {
			for (const stop of stops) stop();
		};
	}

	async read(): Promise<void> {
		try {
			this.take(await ticketsApi.read(this.#app.api, this.id));
			this.problem = null;
		} catch (error) {
			this.problem = ApiProblem.from(error);
		}
	}

	/** The ticket as an answer has it; answers may overtake each other. */
	take({ ticket, events }: TicketDetail): void {
		if (!this.ticket || ticket.version >= this.ticket.version) this.ticket = ticket;
		this.#join(events);
	}

	async older(): Promise<void> {
		const before = this.events[0]?.seq;
		if (before === undefined || this.readingOlder) return;
		this.readingOlder = true;
		try {
			this.#join((await ticketsApi.read(this.#app.api, this.id, before)).events);
		} catch (error) {
			this.problem = ApiProblem.from(error);
		} finally {
			this.readingOlder = false;
		}
	}

	/** So much came meanwhile that a part is missing between the two: the older part is read again when asked for. */
	#join(events: readonly EventView[]): void {
		const [first, last] = [events[0]?.seq ?? 1, this.events.at(-1)?.seq ?? 0];
		const kept = first > last + 1 ? [] : this.events;
		const bySeq = new Map([...kept, ...events].map((event) => [event.seq, event]));
		this.events = [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
	}
}
