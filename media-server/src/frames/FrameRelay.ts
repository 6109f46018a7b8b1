import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { Limits } from '../limits.ts';
import type { Peer } from '../rooms/Peer.ts';
import type { PublishedStream } from '../rooms/PublishedStream.ts';
import { isSeenWatching, mayPerceive } from '../rooms/rights.ts';
import { FramePass, type Part } from './FramePass.ts';

type Peers = ReadonlyMap<string, Peer>;

/**
 * Passes frames on from publishers to those who watch the stream now (M-25): whom the rights let perceive it, asked again
 * for every part. Keeps no picture.
 */
export class FrameRelay {
	readonly #limits: Limits;
	/** The frame that is, or was last, on its way; gone with its stream. */
	readonly #passes = new WeakMap<PublishedStream, FramePass>();
	readonly #askedAt = new WeakMap<Peer, number>();

	constructor(limits: Limits) {
		this.#limits = limits;
	}

	/** Returns how many are being sent it: those who watch and lack it. */
	begin(peers: Peers, owner: Peer, streamId: string, frame: FrameInfo): number {
		const stream = ready(owner, streamId);
		const before = this.#passes.get(stream);
		before?.end();
		const holders = before?.frame.frameId === frame.frameId ? before.holders : new Set<Peer>();
		const viewers = [...peers.values()].filter(
			(viewer) => watches(viewer, owner, stream) && !holders.has(viewer),
		);
		const pass = new FramePass(frame, viewers, holders, this.#limits);
		this.#passes.set(stream, pass);
		for (const viewer of viewers) viewer.notify('frame:begin', { streamId, frame });
		return pass.viewers;
	}

	/** Resolves when there is room for the next one, with the number of those who still get it. */
	async part(owner: Peer, streamId: string, part: Part): Promise<number> {
		const stream = ready(owner, streamId);
		const pass = this.#passes.get(stream);
		if (!pass) throw new AppError('frameRefused');
		await pass.add(streamId, part, (viewer) => watches(viewer, owner, stream));
		return pass.viewers;
	}

	/** What lay there has moved: all who have something of it are told. */
	drop(peers: Peers, owner: Peer, streamId: string, rest: number): void {
		const stream = owner.stream(streamId);
		this.#passes.get(stream)?.end();
		this.#passes.delete(stream);
		for (const viewer of peers.values()) {
			if (perceives(viewer, owner, stream)) viewer.notify('frame:dropped', { streamId, rest });
		}
	}

	/** Nobody hears that a viewer who must not be noticed asks: he sees what flows for the others (M-12). */
	ask(peers: Peers, viewer: Peer, streamId: string, frameId: string): void {
		const owner = [...peers.values()].find((peer) => peer.streams.has(streamId));
		const stream = owner?.streams.get(streamId);
		if (!owner || !stream || !watches(viewer, owner, stream)) throw new AppError('unknownProducer');
		const now = performance.now();
		const isSoon = now - (this.#askedAt.get(viewer) ?? -Infinity) < this.#limits.frameAskMs;
		if (isSoon || !isSeenWatching(viewer.grant)) return;
		this.#askedAt.set(viewer, now);
		this.#passes.get(stream)?.holders.delete(viewer);
		owner.notify('frame:asked', { streamId, frameId });
	}
}

/** The own picture, while it may be sent: what is covered, or stands still for want of a camera, has no frame of now. */
function ready(owner: Peer, streamId: string): PublishedStream {
	const stream = owner.stream(streamId);
	const isPicture = stream.source === 'document' || stream.source === 'screen';
	if (!isPicture || stream.producer.paused || stream.stalled) throw new AppError('frameRefused');
	return stream;
}

const perceives = (viewer: Peer, owner: Peer, { source }: PublishedStream): boolean =>
	viewer.grant.stage === 'member' && mayPerceive(viewer.grant, owner.grant, source);

/** It flows to him at this moment, so he has built it and shows it. */
function watches(viewer: Peer, owner: Peer, stream: PublishedStream): boolean {
	const consumer = viewer.subscriptionTo(stream)?.consumer;
	return viewer.attached && perceives(viewer, owner, stream) && consumer !== undefined && !consumer.paused;
}
