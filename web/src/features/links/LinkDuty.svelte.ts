import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { ExchangeTask } from '@counter-hub/shared/links/exchanges.ts';
import { createContext } from 'svelte';
import type { Devices } from '#features/media/Devices.ts';
import type { App } from '#platform/App.svelte.ts';
import { isPassing } from '#platform/isPassing.ts';
import { ApiProblem } from '#platform/ApiProblem.ts';
import { Exchange } from './exchange/Exchange.ts';

/** As often as presence: the hub believes it for thirty seconds. */
const RENEW_MS = 10_000;
const REPEAT_MS = 1_000;

/**
 * This page's part in the links between cities: while its window is checked and nobody is on the phone here, it measures
 * with whichever city comes, by itself and without a sound (L3).
 */
export class LinkDuty {
	readonly #app: App;
	readonly #devices: Devices;
	readonly #exchanges = new Map<string, Exchange>();
	#timer: ReturnType<typeof setInterval> | undefined;
	#stops: (() => void)[] = [];
	/** The window is checked. */
	#offered = $state(false);
	/** A call goes on here. */
	#engaged = $state(false);
	/** The hub does not have the window as checked: looks at the check again, and offers anew where it is. */
	onUnchecked: () => void = () => undefined;
	/** With whom it is measured just now. */
	underway = $state.raw<readonly ExchangeTask['with'][]>([]);

	readonly isReady = $derived(this.#offered && !this.#engaged);

	constructor(app: App, devices: Devices) {
		this.#app = app;
		this.#devices = devices;
	}

	start(): void {
		const { hub } = this.#app;
		this.#stops = [
			hub.on('link:measure', (task) => void this.#take(task)),
			hub.on('link:done', ({ exchangeId }) => this.#drop(exchangeId)),
			hub.onConnect(() => void this.#say()),
		];
		this.#timer = setInterval(() => void this.#say(), RENEW_MS);
	}

	stop(): void {
		clearInterval(this.#timer);
		for (const stop of this.#stops) stop();
		this.#stops = [];
		for (const id of [...this.#exchanges.keys()]) this.#drop(id);
	}

	/** The window is checked: it may be measured from now on. */
	offer(offered: boolean): void {
		this.#change(() => (this.#offered = offered));
	}

	/** A call has begun here, or has ended. It comes before every measurement. */
	engage(engaged: boolean): void {
		this.#change(() => (this.#engaged = engaged));
	}

	/** The links with one city are measured anew. @throws ApiProblem */
	async again(commandId: string, cityCode: CityCode): Promise<void> {
		await this.#app.hub.request('link:again', { commandId, cityCode });
	}

	#change(change: () => void): void {
		const before = this.isReady;
		change();
		if (this.isReady === before) return;
		if (!this.isReady) {
			for (const id of [...this.#exchanges.keys()]) this.#drop(id);
			this.#app.hub.request('link:busy', {}).catch(() => undefined);
		} else void this.#say();
	}

	/** What was lost of the news comes with the answer. */
	async #say(): Promise<void> {
		if (!this.isReady || this.#app.hub.state !== 'connected') return;
		try {
			const { exchanges } = await this.#app.hub.request('link:ready', {});
			for (const task of exchanges) void this.#take(task);
		} catch (error) {
			if (ApiProblem.from(error).is('LINK-1206')) this.#refused();
		}
	}

	/** A new day, another window, or a finding of a colleague: whatever this page believed, it is not checked. */
	#refused(): void {
		if (!this.#offered) return;
		this.offer(false);
		setTimeout(() => this.onUnchecked(), REPEAT_MS);
	}

	async #take(task: ExchangeTask): Promise<void> {
		if (!this.isReady || this.#exchanges.has(task.exchangeId)) return;
		const exchange = new Exchange(task, this.#devices, this.#app.hub.pageId);
		this.#exchanges.set(task.exchangeId, exchange);
		this.#show();
		try {
			await this.#report(task, await exchange.measure());
		} catch {
			// Refused by its node or the hub, or over meanwhile: the hub finds its own word for what it does not hear.
		}
		// The other end may still be measuring. The hub says when both are done.
		setTimeout(() => this.#drop(task.exchangeId), Math.max(0, Date.parse(task.until) - this.#app.clock.now));
	}

	async #report(task: ExchangeTask, measured: Awaited<ReturnType<Exchange['measure']>>): Promise<void> {
		while (this.#exchanges.has(task.exchangeId)) {
			try {
				await this.#app.hub.request('link:report', { exchangeId: task.exchangeId, measured });
				return;
			} catch (error) {
				if (!isPassing(ApiProblem.from(error).problem)) return;
				await new Promise((resolve) => setTimeout(resolve, REPEAT_MS));
			}
		}
	}

	#drop(exchangeId: string): void {
		this.#exchanges.get(exchangeId)?.close();
		if (this.#exchanges.delete(exchangeId)) this.#show();
	}

	#show(): void {
		this.underway = [...this.#exchanges.values()].map(({ task }) => task.with);
	}
}

export const [getLinkDuty, setLinkDuty] = createContext<LinkDuty>();
