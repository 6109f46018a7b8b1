import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { Notice } from '../lines/PageLine.ts';
import type { Limits } from '../limits.ts';
import type { Peer } from '../rooms/Peer.ts';
import { isSeenWatching } from '../rooms/rights.ts';
import { FrameReceiver } from './FrameReceiver.ts';

/** So many parts of a publisher may wait for their answer. */
const PUBLISHER_WINDOW = 2;

export type Part = Omit<Notice<'frame:part'>, 'roomId' | 'streamId'>;

/**
 * A frame on its way from its publisher to the viewers of a stream, part by part, as fast as they take it. It holds the
 * few parts that are under way, and afterwards only who has the frame.
 */
export class FramePass {
	readonly frame: FrameInfo;
	/** Who has all of it. */
	readonly holders: Set<Peer>;
	readonly #receivers: FrameReceiver[];
	readonly #limits: Limits;
	#next = 0;
	#bytes = 0;
	#waiting = 0;
	#over = false;

	constructor(frame: FrameInfo, viewers: readonly Peer[], holders: Set<Peer>, limits: Limits) {
		this.frame = frame;
		this.holders = holders;
		this.#limits = limits;
		this.#receivers = viewers.map((viewer) => new FrameReceiver(viewer, limits.framePatienceMs));
	}

	/** Those who are being sent it and may be seen watching. */
	get viewers(): number {
		return this.#seen.length;
	}

	/** Resolves when the viewers have room for more. Throws for what does not continue the frame, which ends it. */
	async add(streamId: string, part: Part, mayReceive: (viewer: Peer) => boolean): Promise<void> {
		const { frameId, data, last } = part;
		if (this.#over || frameId !== this.frame.frameId || part.part !== this.#next) this.#refuse();
		if (this.#waiting >= PUBLISHER_WINDOW) this.#refuse();
		this.#next++;
		this.#over = last;
		this.#bytes += data.byteLength;
		if (this.#bytes > this.#limits.frameBytes) {
			this.end();
			throw new AppError('frameTooLarge');
		}
		for (const receiver of this.#receivers) {
			// Nobody waits for a viewer who must not be noticed: he gets it if he keeps up.
			const lags = !isSeenWatching(receiver.viewer.grant) && !receiver.hasRoom;
			if (lags || !mayReceive(receiver.viewer)) receiver.end();
			if (!receiver.ended) receiver.send({ streamId, ...part });
		}
		this.#waiting++;
		try {
			await this.#untilAll(last ? 'hasAll' : 'hasRoom');
		} finally {
			this.#waiting--;
		}
	}

	end(): void {
		this.#over = true;
		for (const receiver of this.#receivers) receiver.end();
	}

	get #seen(): FrameReceiver[] {
		return this.#receivers.filter(({ ended, viewer }) => !ended && isSeenWatching(viewer.grant));
	}

	/** Whoever is far behind the first gets no more of it, and asks for it again when his line has become better. */
	async #untilAll(holds: 'hasRoom' | 'hasAll'): Promise<void> {
		// What held a moment ago need not hold any more: the next part may be on its way already.
		const behind = new Set(this.#seen);
		const waits = [...behind].map(async (receiver) => {
			await receiver.until(holds);
			behind.delete(receiver);
		});
		if (waits.length > 0) await Promise.race(waits);
		if (behind.size > 0) {
			const stop = new AbortController();
			const lag = sleep(this.#limits.frameLagMs, undefined, { ref: false, signal: stop.signal });
			await Promise.race([Promise.all(waits), lag]);
			lag.catch(() => undefined);
			stop.abort();
		}
		for (const receiver of behind) receiver.end();
		if (holds === 'hasAll') {
			for (const { hasAll, viewer } of this.#receivers) if (hasAll) this.holders.add(viewer);
		}
	}

	#refuse(): never {
		this.end();
		throw new AppError('frameRefused');
	}
}
