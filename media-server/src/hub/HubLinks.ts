import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Delivery } from './FactQueue.ts';
import type { HubLink } from './HubLink.ts';

/** The links to all hubs: every one is told the news, one of them puts each fact on record. */
export class HubLinks {
	readonly #patienceMs: number;
	/** The one that was last known to work comes first. */
	#links: HubLink[] = [];

	/** @param patienceMs how long a hub may take to put a fact on record before the next one is asked as well */
	constructor(patienceMs: number) {
		this.#patienceMs = patienceMs;
	}

	add(link: HubLink): void {
		this.#links.push(link);
	}

	/** Whether any hub is there. */
	get up(): boolean {
		return this.#links.some((link) => link.up);
	}

	tell(fact: NodeFact): void {
		for (const link of this.#links) link.tell(fact);
	}

	/**
	 * Asks one hub after the other until one has the fact for good. A hub that stands still, or is up and cannot write, is
	 * passed over: its answer still counts, and a fact that two hubs wrote is one event by its id.
	 */
	async deliver(fact: NodeFact): Promise<Delivery> {
		const attempts: Promise<Delivery>[] = [];
		for (const link of this.#links.filter(({ up }) => up)) {
			attempts.push(link.deliver(fact));
			const settled = new AbortController();
			const patience = sleep(this.#patienceMs, undefined, { signal: settled.signal });
			const outcome = await Promise.race([bestOf(attempts), patience]);
			settled.abort();
			if (outcome === 'taken') return outcome;
			this.#links = [...this.#links.filter((other) => other !== link), link];
		}
		return bestOf(attempts);
	}

	close(): void {
		for (const link of this.#links) link.close();
	}
}

/** `taken` as soon as one is; otherwise the outcome when all are known. */
async function bestOf(attempts: readonly Promise<Delivery>[]): Promise<Delivery> {
	const taken = attempts.map(async (attempt) => {
		if ((await attempt) !== 'taken') throw new Error('not taken');
	});
	try {
		await Promise.any(taken);
		return 'taken';
	} catch {
		return (await Promise.all(attempts)).includes('refused') ? 'refused' : 'later';
	}
}
