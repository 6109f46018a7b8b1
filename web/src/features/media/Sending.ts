import type { types } from 'mediasoup-client';
import { CALM_FPS, detailScale } from './encodings.ts';

/**
 * How much of an own stream is sent: layer `i` flows when `i ≤ wanted`, a picture with one layer within the budget. A
 * muted video sends nothing; a muted microphone is silenced at the track and at the node.
 */
export class Sending {
	#muted: boolean;
	#wanted = 0;
	#budget: number | null = null;
	#calm = false;
	/** What the encoder may use of itself, by producer. */
	readonly #ownMost = new WeakMap<types.Producer, Most>();
	#producer: types.Producer | null = null;
	#applying: Promise<void> | null = null;
	#changed = false;
	/** Rises with every new start; what an earlier one still had to apply is given up. */
	#turn = 0;

	constructor(muted: boolean) {
		this.#muted = muted;
	}

	get muted(): boolean {
		return this.#muted;
	}
	get wanted(): number {
		return this.#wanted;
	}
	get budget(): number | null {
		return this.#budget;
	}

	set({
		muted = this.#muted,
		wanted = this.#wanted,
		budget = this.#budget,
		calm = this.#calm,
	}: Change): void {
		this.#calm = calm;
		this.#muted = muted;
		this.#wanted = wanted;
		this.#budget = budget;
	}

	/** A new stream at the node: what was asked of the one before does not hold for it. */
	reset(): void {
		this.#budget = null;
		this.#producer = null;
		// A change that was under way on a closed connection may never come to an end.
		this.#applying = null;
		this.#turn++;
	}

	/** One change at a time: what comes meanwhile is applied after it. */
	async apply(track: MediaStreamTrack | null, producer: types.Producer | null): Promise<void> {
		if (track) track.enabled = !this.#muted;
		this.#producer = producer;
		this.#changed = true;
		this.#applying ??= this.#applyAll(this.#turn);
		await this.#applying;
	}

	/** Sends the present picture once more, though nothing in it has changed. */
	async refresh(): Promise<void> {
		if (this.#producer && !this.#muted && this.#wanted >= 0) await nudge(this.#producer);
	}

	async #applyAll(turn: number): Promise<void> {
		while (this.#changed && turn === this.#turn) {
			this.#changed = false;
			await this.#applyOnce(this.#producer);
		}
		if (turn === this.#turn) this.#applying = null;
	}

	async #applyOnce(producer: types.Producer | null): Promise<void> {
		if (producer?.kind !== 'video' || !producer.rtpSender) return;
		const sender = producer.rtpSender;
		const parameters = sender.getParameters();
		const [first] = parameters.encodings;
		const most = this.#mostOf(producer, first);
		const highest = this.#muted ? -1 : this.#wanted;
		const isWanted = (layer: number) => layer <= highest;
		const before = parameters.encodings.map((encoding) => ({ ...encoding }));
		parameters.encodings.forEach((encoding, layer) => {
			encoding.active = isWanted(layer);
		});
		const isSingle = parameters.encodings.length === 1;
		if (first && isSingle) {
			const { maxBitrate, maxFramerate } = most;
			if (maxBitrate !== undefined) first.maxBitrate = Math.min(maxBitrate, this.#budget ?? maxBitrate);
			if (maxFramerate !== undefined)
				first.maxFramerate = this.#calm ? Math.min(maxFramerate, CALM_FPS) : maxFramerate;
		}
		// Another camera may have come in the place of the one that it began with.
		if (first && isSingle && producer.track) first.scaleResolutionDownBy = detailScale(producer.track);
		const begins = before.some(({ active }, layer) => !active && isWanted(layer));
		const isSame = parameters.encodings.every((encoding, layer) => {
			const was = before[layer];
			return SET.every((key) => encoding[key] === was?.[key]);
		});
		if (isSame) return;
		// Fails when the transport is closed meanwhile; the next one begins anew.
		await sender.setParameters(parameters).catch(() => undefined);
		if (begins && isSingle) await nudge(producer);
	}

	#mostOf(producer: types.Producer, { maxBitrate, maxFramerate }: Most = {}): Most {
		const known = this.#ownMost.get(producer);
		if (known) return known;
		const most = { maxBitrate, maxFramerate };
		this.#ownMost.set(producer, most);
		return most;
	}
}

interface Most {
	readonly maxBitrate?: number | undefined;
	readonly maxFramerate?: number | undefined;
}

/** What is set of each layer. */
const SET = ['active', 'maxBitrate', 'maxFramerate', 'scaleResolutionDownBy'] as const;

interface Change {
	muted?: boolean;
	wanted?: number;
	budget?: number | null;
	calm?: boolean;
}

/** A picture that does not change gives no frames; a track that is set anew gives its last one again. */
async function nudge(producer: types.Producer): Promise<void> {
	const sender = producer.rtpSender;
	try {
		await sender?.replaceTrack(null);
		// It may be replaced by its owner at the same time.
		while (sender && sender.track !== producer.track) await sender.replaceTrack(producer.track);
	} catch {
		// The sender was closed meanwhile.
	}
}
