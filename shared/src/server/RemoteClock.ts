interface Sample {
	offsetMs: number;
	roundTripMs: number;
}

const SAMPLES = 8;

/** Milliseconds since 1970 as this process believed at its start, counted on steadily: no correction of the clock moves it. */
export const steadyNow = (): number => Math.round(performance.timeOrigin + performance.now());

/**
 * The time of another machine, from the round trips of questions for it: the shortest of the last few is the truest.
 * Between them it is counted on steadily, whatever corrects the own clock.
 */
export class RemoteClock {
	readonly #own: () => number;
	readonly #samples: Sample[] = [];
	#offsetMs = 0;

	/** @param own ms since 1970; never goes back */
	constructor(own: () => number = steadyNow) {
		this.#own = own;
	}

	/** `sentAt` and `receivedAt` by the own clock, `remoteTime` by the other one; ms since 1970. */
	learn(sentAt: number, receivedAt: number, remoteTime: number): void {
		const roundTripMs = receivedAt - sentAt;
		this.#samples.push({ offsetMs: remoteTime - (sentAt + roundTripMs / 2), roundTripMs });
		if (this.#samples.length > SAMPLES) this.#samples.shift();
		const [truest] = [...this.#samples].sort((a, b) => a.roundTripMs - b.roundTripMs);
		this.#offsetMs = truest?.offsetMs ?? 0;
	}

	now = (): number => Math.round(this.#own() + this.#offsetMs);
}
