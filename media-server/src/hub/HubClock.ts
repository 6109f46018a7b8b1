interface Sample {
	offsetMs: number;
	roundTripMs: number;
}

const SAMPLES = 8;

/** The hub's time, from the round trips of the heartbeats: the shortest of the last few is the truest. */
export class HubClock {
	readonly #samples: Sample[] = [];
	#offsetMs = 0;

	/** All times in ms since 1970; `sentAt` and `receivedAt` by the node's clock, `hubTime` by the hub's. */
	learn(sentAt: number, receivedAt: number, hubTime: number): void {
		const roundTripMs = receivedAt - sentAt;
		this.#samples.push({ offsetMs: hubTime - (sentAt + roundTripMs / 2), roundTripMs });
		if (this.#samples.length > SAMPLES) this.#samples.shift();
		const [truest] = [...this.#samples].sort((a, b) => a.roundTripMs - b.roundTripMs);
		this.#offsetMs = truest?.offsetMs ?? 0;
	}

	now = (): number => Date.now() + this.#offsetMs;
}
