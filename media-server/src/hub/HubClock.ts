interface Sample {
	offsetMs: number;
	roundTripMs: number;
}

const SAMPLES = 8;

/** Milliseconds since 1970 as this process believed at its start, counted on steadily: no correction of the clock moves it. */
export const steadyNow = (): number => Math.round(performance.timeOrigin + performance.now());

/** The hub's time, from the round trips of the heartbeats: the shortest of the last few is the truest. */
export class HubClock {
	readonly #samples: Sample[] = [];
	#offsetMs = 0;

	/** `sentAt` and `receivedAt` by `steadyNow`, `hubTime` by the hub's clock; ms since 1970. */
	learn(sentAt: number, receivedAt: number, hubTime: number): void {
		const roundTripMs = receivedAt - sentAt;
		this.#samples.push({ offsetMs: hubTime - (sentAt + roundTripMs / 2), roundTripMs });
		if (this.#samples.length > SAMPLES) this.#samples.shift();
		const [truest] = [...this.#samples].sort((a, b) => a.roundTripMs - b.roundTripMs);
		this.#offsetMs = truest?.offsetMs ?? 0;
	}

	now = (): number => steadyNow() + this.#offsetMs;
}
