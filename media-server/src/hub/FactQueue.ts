import type { MediaFact, NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';

/** What became of a fact: a hub has it for good; none could take it now; a hub cannot deal with it. */
export type Delivery = 'taken' | 'later' | 'refused';

export interface FactQueueOptions {
	readonly nodeId: string;
	readonly epoch: number;
	readonly limit: number;
	readonly hubNow: () => number;
	readonly logger: Logger;
	/** Told of every fact at once, in order. */
	readonly tell: (fact: NodeFact) => void;
	readonly deliver: (fact: NodeFact) => Promise<Delivery>;
	readonly retryMs: number;
	/** So many rounds of refusals are the end of a fact, so that it holds up no other for ever. */
	readonly refusalsMost: number;
}

/**
 * What happened at this node, numbered. Every fact is news for all hubs at once; and it is on its way into the record:
 * in order, one in flight, each repeated until one hub has it for good.
 */
export class FactQueue {
	readonly #options: FactQueueOptions;
	readonly #waiting: NodeFact[] = [];
	#last = 0;
	#refusals = 0;
	#running = false;
	#retry: NodeJS.Timeout | undefined;
	/** Facts that are on no timeline: too many waited, or no hub could deal with them. */
	dropped = 0;

	constructor(options: FactQueueOptions) {
		this.#options = options;
	}

	get length(): number {
		return this.#waiting.length;
	}

	/** Number of the last fact; 0 while there is none. */
	get last(): number {
		return this.#last;
	}

	add(roomId: string, content: MediaFact): void {
		const { nodeId, epoch, limit, hubNow, logger, tell } = this.#options;
		const id = `${nodeId}:${String(epoch)}:${String(++this.#last)}`;
		const fact = { id, roomId, at: Math.round(hubNow()), nodeAt: Date.now(), fact: content };
		tell(fact);
		if (this.#waiting.length >= limit) {
			this.dropped++;
			logger.error({ roomId, type: content.type, limit }, 'fact dropped: too many wait for a hub');
			return;
		}
		this.#waiting.push(fact);
		this.kick();
	}

	/** A hub has come: try now. */
	kick(): void {
		clearTimeout(this.#retry);
		if (!this.#running) void this.#run();
	}

	/** Resolves when nothing waits, or after the time given. */
	async drain(ms: number): Promise<void> {
		const until = Date.now() + ms;
		while (this.#waiting.length > 0 && Date.now() < until)
			await new Promise((resolve) => setTimeout(resolve, 10));
		clearTimeout(this.#retry);
	}

	async #run(): Promise<void> {
		this.#running = true;
		try {
			for (let [fact] = this.#waiting; fact; [fact] = this.#waiting) {
				const delivery = await this.#options.deliver(fact);
				if (delivery === 'taken' || (delivery === 'refused' && this.#isGivenUp(fact))) {
					this.#waiting.shift();
					this.#refusals = 0;
					continue;
				}
				this.#retry = setTimeout(() => {
					this.kick();
				}, this.#options.retryMs);
				this.#retry.unref();
				return;
			}
		} finally {
			this.#running = false;
		}
	}

	#isGivenUp({ id, roomId, fact }: NodeFact): boolean {
		const { refusalsMost, logger } = this.#options;
		if (++this.#refusals < refusalsMost) return false;
		this.dropped++;
		logger.error({ id, roomId, type: fact.type }, 'fact given up: no hub can deal with it');
		return true;
	}
}
