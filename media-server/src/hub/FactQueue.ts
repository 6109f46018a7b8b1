import type { MediaFact, NodeFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { Logger } from '../platform/logger.ts';

export interface FactQueueOptions {
	readonly nodeId: string;
	readonly epoch: number;
	readonly limit: number;
	readonly hubNow: () => number;
	readonly logger: Logger;
	/** Resolves true when a hub has it for good; false when no hub took it. */
	readonly deliver: (fact: NodeFact) => Promise<boolean>;
	readonly retryMs: number;
}

/** Facts on their way to a hub: in order, one in flight, each repeated until one hub has acknowledged it. */
export class FactQueue {
	readonly #options: FactQueueOptions;
	readonly #waiting: NodeFact[] = [];
	#counter = 0;
	#running = false;
	#retry: NodeJS.Timeout | undefined;
	dropped = 0;

	constructor(options: FactQueueOptions) {
		this.#options = options;
	}

	get length(): number {
		return this.#waiting.length;
	}

	add(roomId: string, fact: MediaFact): void {
		const { nodeId, epoch, limit, hubNow, logger } = this.#options;
		if (this.#waiting.length >= limit) {
			this.dropped++;
			logger.error({ roomId, type: fact.type, limit }, 'fact dropped: too many wait for a hub');
			return;
		}
		const id = `${nodeId}:${String(epoch)}:${String(++this.#counter)}`;
		this.#waiting.push({ id, roomId, at: Math.round(hubNow()), nodeAt: Date.now(), fact });
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
				if (!(await this.#options.deliver(fact))) {
					this.#retry = setTimeout(() => {
						this.kick();
					}, this.#options.retryMs);
					this.#retry.unref();
					return;
				}
				this.#waiting.shift();
			}
		} finally {
			this.#running = false;
		}
	}
}
