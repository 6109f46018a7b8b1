import { setTimeout as sleep } from 'node:timers/promises';

/** Random numbers that a seed determines (mulberry32). */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** 0 ≤ x < 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let t = this.#state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	}

	int(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	pick<T>(items: readonly T[]): T {
		const item = items[this.int(0, items.length - 1)];
		if (item === undefined) throw new RangeError('nothing to pick from');
		return item;
	}

	async pause(fromMs: number, toMs: number): Promise<void> {
		await sleep(this.int(fromMs, toMs));
	}
}

/** The seed of this run: `SEED=…` repeats an earlier one. It is printed, so that a failure can be repeated. */
export const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
process.stdout.write(`SEED=${String(SEED)}\n`);
