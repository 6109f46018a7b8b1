import type { MediaClient } from '#features/media/MediaClient.ts';

const TOPIC = 'link-echo';
const EVERY_MS = 250;

/** The way from page to page and back, by small messages over the lines of the media nodes. */
export class Echo {
	readonly #client: MediaClient;
	readonly #sent = new Map<number, number>();
	readonly #times: number[] = [];
	readonly #timer: ReturnType<typeof setInterval>;
	readonly #unhear: () => void;
	#n = 0;

	constructor(client: MediaClient) {
		this.#client = client;
		this.#unhear = client.onSaid(({ topic, data }) => {
			if (topic === TOPIC && Array.isArray(data)) this.#hear(data[0], data[1]);
		});
		this.#timer = setInterval(() => this.#call(), EVERY_MS);
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
		this.#client.say(TOPIC, ['call', this.#n]);
	}

	#hear(what: unknown, n: unknown): void {
		if (typeof n !== 'number') return;
		if (what === 'call') this.#client.say(TOPIC, ['answer', n]);
		const sentAt = what === 'answer' ? this.#sent.get(n) : undefined;
		if (sentAt === undefined) return;
		this.#sent.delete(n);
		this.#times.push(performance.now() - sentAt);
	}
}
