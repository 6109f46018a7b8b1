import { residentBytes } from '../bench/support/processes.ts';

const MB = 1024 * 1024;
/** No process has done warming up before. */
export const JUDGED_FROM_MINUTES = 15;

interface Sample {
	/** Milliseconds since the start. */
	at: number;
	bytes: number;
}

/** How the resident memory of some processes goes on. */
export class MemoryLog {
	readonly #groups: ReadonlyMap<string, () => readonly number[]>;
	readonly #samples = new Map<string, Sample[]>();
	readonly #start = performance.now();
	readonly #timer: NodeJS.Timeout;

	/** @param groups by what they are called together: the processes there are now, since a worker may have been replaced */
	constructor(groups: ReadonlyMap<string, () => readonly number[]>, everyMs: number) {
		this.#groups = groups;
		this.#timer = setInterval(() => {
			this.#look();
		}, everyMs);
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	#look(): void {
		const at = performance.now() - this.#start;
		for (const [name, pids] of this.#groups) {
			const bytes = pids().reduce((sum, pid) => sum + residentBytes(pid), 0);
			this.#samples.set(name, [...(this.#samples.get(name) ?? []), { at, bytes }]);
		}
	}

	/** By how much each grew in the last third, as a share, by a straight line through all its samples. */
	growths(): Map<string, number> {
		return new Map([...this.#samples].map(([name, samples]) => [name, growth(lastThird(samples))]));
	}

	/** For people: megabytes at the ends of the thirds, and the growth in the last one. */
	toString(): string {
		const growths = this.growths();
		const head = ['resident memory, MB', 'at 1/3', 'at 2/3', 'at the end', 'growth in the last third'];
		const rows = [...this.#samples].map(([name, samples]) => [
			name,
			...[1 / 3, 2 / 3, 1].map((part) =>
				((samples[Math.ceil(samples.length * part) - 1]?.bytes ?? 0) / MB).toFixed(1),
			),
			`${((growths.get(name) ?? 0) * 100).toFixed(2)} %`,
		]);
		return [head, ...rows]
			.map((row) =>
				row
					.map((cell) => cell.padEnd(24))
					.join('')
					.trimEnd(),
			)
			.join('\n');
	}
}

const lastThird = (samples: readonly Sample[]) => samples.slice(Math.floor((samples.length * 2) / 3));

/** From the first to the last moment along the line of least squares. */
export function growth(samples: readonly Sample[]): number {
	const mean = (of: (sample: Sample) => number) =>
		samples.reduce((sum, one) => sum + of(one), 0) / samples.length;
	const [at, bytes] = [mean((one) => one.at), mean((one) => one.bytes)];
	const spread = mean((one) => (one.at - at) ** 2);
	const slope = spread === 0 ? 0 : mean((one) => (one.at - at) * (one.bytes - bytes)) / spread;
	const [first, last] = [samples.at(0)?.at ?? 0, samples.at(-1)?.at ?? 0];
	const begin = bytes + slope * (first - at);
	return samples.length < 2 ? 0 : (slope * (last - first)) / begin;
}
