import type { MediaClient } from '#features/media/MediaClient.ts';

const TOPIC = 'link-echo';
const EVERY_MS = 250;
/** What has not come back after so many more is not waited for. */
const LOST_AFTER = 100;

/** The way from page to page and back, by small messages over the lines of the media nodes. */
export class Echo {
	readonly #client: MediaClient;
	readonly #sent = new Map<number, number>();
	readonly #times: number[] = [];
	readonly #timer: ReturnType<typeof setInterval>;
	readonly #unhear: () => void;
	readonly #kept: number;
	#n = 0;

	/** @param kept how many of the newest count */
	constructor(client: MediaClient, everyMs = EVERY_MS, kept = Infinity) {
		this.#client = client;
		this.#kept = kept;
		this.#unhear = client.onSaid(({ topic, data }) => {
			if (topic === TOPIC && Array.isArray(data)) this.#hear(data[0], data[1]);
		});
		this.#timer = setInterval(() => this.#call(), everyMs);
	}

	/** The median, in ms; null: nothing came back. */
	get roundTripMs(): number | null {
		return this.#times.toSorted((a, b) => a - b)[Math.floor(this.#times.length / 2)] ?? null;
	}

	close(): void {
		clearInterval(this.#timer);
		this.#unhear();
	}

	#call(): void {
		this.#sent.set(++this.#n, performance.now());
		this.#sent.delete(this.#n - LOST_AFTER);
		this.#client.say(TOPIC, ['call', this.#n]);
	}

	#hear(what: unknown, n: unknown): void {
		if (typeof n !== 'number') return;
		if (what === 'call') this.#client.say(TOPIC, ['answer', n]);
		const sentAt = what === 'answer' ? this.#sent.get(n) : undefined;
		if (sentAt === undefined) return;
		this.#sent.delete(n);
		this.#times.push(performance.now() - sentAt);
		if (this.#times.length > this.#kept) this.#times.shift();
	}
}
