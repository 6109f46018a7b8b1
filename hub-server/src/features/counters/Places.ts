import type { Connection, Model } from 'mongoose';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { CounterView, WindowView } from '@counter-hub/shared/people/people.ts';
import { perHub } from '../../perHub.ts';
import { counterModel, counterViewOf, type CounterRecord } from './Counter.model.ts';

/** How long another hub's change of a counter may go unnoticed here. */
const FRESH_MS = 3_000;

/** The counters of all cities. They are few and asked for at every turn, so they are kept in memory for moments. */
export class Places {
	readonly #records: Model<CounterRecord>;
	#held: { at: number; counters: Promise<Map<string, CounterView>> } | undefined;

	constructor(connection: Connection) {
		this.#records = counterModel(connection);
	}

	async all(): Promise<CounterView[]> {
		return [...(await this.#counters()).values()];
	}

	async counter(id: string): Promise<CounterView | undefined> {
		return (await this.#counters()).get(id);
	}

	/** @throws AppError `unknownCounter` */
	async requireCounter(id: string): Promise<CounterView> {
		const counter = await this.counter(id);
		if (!counter) throw new AppError('unknownCounter');
		return counter;
	}

	/** The window, if it is one of that counter. */
	async window(counterId: string | null, windowId: string | null): Promise<WindowView | undefined> {
		if (counterId === null || windowId === null) return undefined;
		return (await this.counter(counterId))?.windows.find(({ id }) => id === windowId);
	}

	/** To be called after a change through this hub. */
	forget(): void {
		this.#held = undefined;
	}

	#counters(): Promise<Map<string, CounterView>> {
		const now = performance.now();
		if (this.#held && now - this.#held.at < FRESH_MS) return this.#held.counters;
		const counters = this.#read();
		this.#held = { at: now, counters };
		counters.catch(() => this.forget());
		return counters;
	}

	async #read(): Promise<Map<string, CounterView>> {
		const records = await this.#records.find().sort({ cityCode: 1, name: 1 }).lean();
		return new Map(records.map((record) => [record._id, counterViewOf(record)]));
	}
}

export const places = perHub((hub) => new Places(hub.connection));
