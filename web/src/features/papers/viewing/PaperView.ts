import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { PaperSaid } from '@counter-hub/shared/papers/paperSaid.ts';

/** What has not been said again for so long may be no longer so. Milliseconds. */
const BELIEVE_MS = 2500;
/** A frame of which nothing more has come for so long is not coming. */
const COMING_MS = 1500;
/** Between two questions for a frame, growing with each that brought nothing. */
const ASK_MS = 1500;
const ASK_MOST_MS = 12_000;

/** What is known of the other side's papers and their frames, and what follows: which frame may be shown, which is to be
 * asked for. Pure: the times come with the facts, in ms. */
export class PaperView {
	#said: PaperSaid | null = null;
	#heardAt = -Infinity;
	/** This rest, and those before, are over. */
	#over = -1;
	#coming: FrameInfo | null = null;
	#comingAt = -Infinity;
	#held: FrameInfo | null = null;
	#askedAt = -Infinity;
	#asks = 0;

	get paper(): number {
		return this.#said?.paper ?? 0;
	}

	said(said: PaperSaid, at: number): void {
		// It is said volatile: an older word may come behind a newer one that was brought.
		if (said.rest < (this.#said?.rest ?? 0) || (said.still && said.rest <= this.#over)) return;
		if (!said.still) this.#over = Math.max(this.#over, said.rest);
		this.#said = said;
		this.#heardAt = at;
	}

	begin(frame: FrameInfo, at: number): void {
		this.#coming = frame;
		this.#hear(at);
		const said = this.#said;
		// That a frame comes of a rest says that it rests.
		if (frame.rest <= this.#over || (said && said.rest >= frame.rest)) return;
		this.#said = { stream: '', paper: 0, frame: null, ...said, rest: frame.rest, still: true };
	}

	part(frameId: string, at: number): void {
		if (frameId === this.#coming?.frameId) this.#hear(at);
	}

	/** A frame is whole and read; or it could not be. */
	read(frame: FrameInfo, isWhole: boolean): void {
		if (frame.frameId === this.#coming?.frameId) this.#coming = null;
		if (!isWhole || frame.rest < (this.#held?.rest ?? 0)) return;
		this.#held = frame;
		this.#asks = 0;
	}

	/** The picture has moved. */
	dropped(rest: number): void {
		this.#over = Math.max(this.#over, rest);
	}

	/** The frame that is the picture of now, if one is there. */
	shown(at: number): string | null {
		const [held, said] = [this.#held, this.#said];
		if (!held || !said?.still || at - this.#heardAt > BELIEVE_MS) return null;
		return held.rest === said.rest && held.rest > this.#over ? held.frameId : null;
	}

	/** The frame that must be asked for now: it is there, and not here. Counts as asked. */
	wants(at: number): string | null {
		const frame = this.#said?.still === true && this.#said.rest > this.#over ? this.#said.frame : null;
		const isHere = frame === null || frame === this.#held?.frameId;
		const isComing = this.#coming !== null && at - this.#comingAt < COMING_MS;
		const pause = Math.min(ASK_MS * 2 ** this.#asks, ASK_MOST_MS);
		if (isHere || isComing || at - this.#askedAt < pause) return null;
		this.#askedAt = at;
		this.#asks++;
		return frame;
	}

	#hear(at: number): void {
		this.#heardAt = at;
		this.#comingAt = at;
	}
}
