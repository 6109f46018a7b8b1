import type { WantedQuality } from './mediaTypes.ts';

/** The highest layer of each; a stream that has fewer gives all it has. */
const LAYER = { none: -1, low: 0, medium: 1, high: 2 } as const satisfies Record<WantedQuality, number>;
const ALL = 3;

/** How much of each remote stream this page wants; all of it until it is said. Several wishes are told as one. */
export class Wishes {
	readonly #wanted = new Map<string, number>();
	readonly #tell: () => Promise<unknown> | undefined;
	#telling: Promise<void> | null = null;

	/** @param tell brings what has changed to the node */
	constructor(tell: () => Promise<unknown> | undefined) {
		this.#tell = tell;
	}

	layer(streamId: string): number {
		return this.#wanted.get(streamId) ?? ALL;
	}

	async set(streamId: string, quality: WantedQuality): Promise<void> {
		this.#wanted.set(streamId, LAYER[quality]);
		this.#telling ??= this.#soon();
		await this.#telling;
	}

	async #soon(): Promise<void> {
		await Promise.resolve();
		this.#telling = null;
		// What was lost with the socket is told again after the next welcome.
		await this.#tell()?.catch(() => undefined);
	}
}
