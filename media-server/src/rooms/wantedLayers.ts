import { mayPerceive } from './rights.ts';
import type { Peer } from './Peer.ts';
import type { PublishedStream } from './PublishedStream.ts';

/**
 * The highest layer of a stream that anybody wants; −1 when nobody does. Whoever has come but has not been given the
 * stream yet counts already, so that it flows when he is ready and the encoder is not set up twice.
 */
function wantedLayer(stream: PublishedStream, owner: Peer, peers: Iterable<Peer>): number {
	let highest = -1;
	for (const viewer of peers) {
		if (!mayPerceive(viewer.grant, owner.grant, stream.source)) continue;
		const { stage } = viewer.grant;
		const coming = viewer.attached ? (stage === 'lobby' ? 0 : stream.spatialLayers - 1) : -1;
		highest = Math.max(highest, viewer.subscriptionTo(stream)?.wantedLayer(stage) ?? coming);
	}
	return highest;
}

/**
 * Tells publishers what to send: more at once, less only after it has been unwanted for a while, so that a layer
 * does not stop and start with every glance.
 */
export class LayerControl {
	readonly #lingerMs: number;
	readonly #timers = new Map<PublishedStream, NodeJS.Timeout>();
	readonly #peers: () => Iterable<Peer>;

	constructor(peers: () => Iterable<Peer>, lingerMs: number) {
		this.#peers = peers;
		this.#lingerMs = lingerMs;
	}

	update(): void {
		for (const owner of this.#peers()) {
			for (const stream of owner.streams.values()) {
				if (stream.producer.kind === 'video') this.#updateOne(stream, owner);
			}
		}
	}

	close(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#updateOne(stream: PublishedStream, owner: Peer): void {
		const wanted = wantedLayer(stream, owner, this.#peers());
		if (wanted >= stream.wanted) {
			clearTimeout(this.#timers.get(stream));
			this.#timers.delete(stream);
			if (wanted > stream.wanted) tell(stream, owner, wanted);
		} else if (!this.#timers.has(stream)) {
			const timer = setTimeout(() => {
				this.#timers.delete(stream);
				if (stream.producer.closed || owner.closed) return;
				const now = wantedLayer(stream, owner, this.#peers());
				if (now < stream.wanted) tell(stream, owner, now);
			}, this.#lingerMs);
			timer.unref();
			this.#timers.set(stream, timer);
		}
	}
}

function tell(stream: PublishedStream, owner: Peer, wanted: number): void {
	stream.wanted = wanted;
	owner.notify('stream:wanted', { streamId: stream.streamId, wanted });
}
