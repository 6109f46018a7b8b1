import { playTestSound } from './testSound.ts';

/** Media elements that sound on the chosen speaker, wherever that is plugged in at the moment. */
export class Speakers {
	readonly #elements = new Set<HTMLMediaElement>();
	/** Null: the browser's default. */
	#speaker: string | null = null;

	bind(element: HTMLMediaElement): () => void {
		this.#elements.add(element);
		if (this.#speaker !== null) void this.#send(element);
		return () => this.#elements.delete(element);
	}

	async route(speaker: string | null): Promise<void> {
		if (speaker === this.#speaker) return;
		this.#speaker = speaker;
		await Promise.all([...this.#elements].map((element) => this.#send(element)));
	}

	async playTestSound(notes?: number): Promise<void> {
		await playTestSound(this.#speaker, notes);
	}

	close(): void {
		this.#elements.clear();
	}

	async #send(element: HTMLMediaElement): Promise<void> {
		if (!('setSinkId' in element)) return;
		// Unplugged in this moment: the browser's default is better than silence.
		await element.setSinkId(this.#speaker ?? '').catch(() => element.setSinkId('').catch(() => undefined));
	}
}
