import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import { PAPERS_MOST, type PaperSaid } from '@counter-hub/shared/papers/paperSaid.ts';
import type { FrameLine } from '#features/media/FrameLine.ts';
import { FORMAT } from '../codec/head.ts';
import type { Feed } from '../watching/Feed.ts';
import type { RestingPicture, WatchNews } from '../watching/messages.ts';
import { Pace } from './Pace.ts';
import { comesSoon, EXACT, EXACT_BYTES, framesFor } from './quality.ts';
import { sendFrame } from './sendFrame.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Size = Pick<FrameInfo, 'width' | 'height'>;

export interface SendingPorts {
	readonly streamId: string;
	readonly line: Pick<FrameLine, 'begin' | 'part' | 'drop'>;
	readonly say: (said: PaperSaid) => void;
	/** Writes the picture that rests. */
	readonly write: (near: number) => Feed<Bytes>;
	/** Numbers go on from here. */
	readonly paper: number;
	readonly rest: number;
	readonly onChange: () => void;
}

/** So many frames are sent in vain before the next one waits until it is known that the papers rest. */
const VAIN_MOST = 2;

/**
 * What is sent of the own papers beside their stream: a frame, and then a better one, of each rest, to whoever watches;
 * a word at once when they move. Whatever fails is tried again at the next tick.
 */
export class PaperSending {
	readonly #ports: SendingPorts;
	readonly #pace = new Pace();
	#paper: number;
	#rest: number;
	/** Of the picture that rests, or comes to rest; null while it moves. */
	#size: Size | null = null;
	/** Whether it lies still indeed is not known yet, and comes to be. */
	#coming: PromiseWithResolvers<boolean> | null = null;
	/** How often one after another it only seemed to come to rest. */
	#vain = 0;
	/** By how near they are: frames of this rest that are still to be sent. */
	#steps: number[] = [];
	/** The best that has been sent, for those who come later. */
	#sent: { frame: FrameInfo; chunks: readonly Bytes[] } | null = null;
	#asked = false;
	#isWorking = false;
	/** Something has happened since it was last looked what is to be done. */
	#isDue = false;
	#bytesPerPixel = EXACT_BYTES;

	constructor(ports: SendingPorts) {
		this.#ports = ports;
		this.#paper = ports.paper;
		this.#rest = ports.rest;
	}

	get paper(): number {
		return this.#paper;
	}
	get rest(): number {
		return this.#rest;
	}
	/** Whoever watches has a crisp picture of what lies there now. */
	get isCrisp(): boolean {
		return this.#sent !== null;
	}

	/** A frame takes the place of the stream, or will in a moment: nobody needs the stream to be as good as it can be. */
	get isCalm(): boolean {
		const size = this.#hesitates ? null : this.#size;
		return this.isCrisp || (size !== null && comesSoon(size.width * size.height, this.#pace.rate));
	}

	/** A hand that creeps seems to come to rest again and again: then that it does is waited for. */
	get #hesitates(): boolean {
		return this.#coming !== null && this.#vain >= VAIN_MOST;
	}

	news({ rest, lies, anotherPaper = false }: WatchNews): void {
		if (anotherPaper) this.#paper = Math.min(this.#paper + 1, PAPERS_MOST);
		if (rest !== undefined) this.#moved();
		if (rest) this.#comesToRest(rest);
		if (lies) this.#settle(true);
		this.#say();
		this.#ports.onChange();
		void this.#work();
	}

	/** Somebody lacks that frame. */
	asked(frameId: string): void {
		if (this.#sent?.frame.frameId !== frameId) return;
		this.#asked = true;
		void this.#work();
	}

	tick(): void {
		this.#say();
		void this.#work();
	}

	/** It is not watched any more: nobody shall take a frame for the picture of now. */
	stop(): void {
		this.#moved();
		this.#say();
	}

	/** Its first frame is on its way before it is known to rest, all but the last part, without which it is not shown. */
	#comesToRest({ layout, ...size }: RestingPicture): void {
		this.#rest++;
		this.#size = size;
		this.#coming = Promise.withResolvers();
		this.#steps = framesFor(layout, size.width * size.height, this.#bytesPerPixel, this.#pace.rate);
	}

	#moved(): void {
		if (!this.#size) return;
		this.#settle(false);
		this.#size = null;
		this.#sent = null;
		const { line, streamId } = this.#ports;
		// Where it gets lost with the socket, what is said does it, or that nothing is said.
		line.drop(streamId, this.#rest).catch(() => undefined);
	}

	#settle(lies: boolean): void {
		if (!this.#coming) return;
		this.#coming.resolve(lies);
		this.#coming = null;
		this.#vain = lies ? 0 : this.#vain + 1;
	}

	#say(): void {
		this.#ports.say({
			stream: this.#ports.streamId,
			// One that is not known to be one is not said to be over either.
			rest: this.#coming ? this.#rest - 1 : this.#rest,
			still: this.#size !== null && !this.#coming,
			frame: this.#sent?.frame.frameId ?? null,
			paper: this.#paper,
		});
	}

	async #work(): Promise<void> {
		this.#isDue = true;
		if (this.#isWorking) return;
		this.#isWorking = true;
		while (this.#isDue) {
			this.#isDue = false;
			try {
				while (await this.#next());
			} catch {
				// Refused, because it moved meanwhile, or lost with the socket.
			}
		}
		this.#isWorking = false;
	}

	/** True when there may be more to do at once. */
	async #next(): Promise<boolean> {
		const { streamId, line } = this.#ports;
		const [size, sent, rest, [near]] = [this.#size, this.#sent, this.#rest, this.#steps];
		const lies = this.#coming?.promise ?? true;
		if (!size || this.#hesitates) return false;
		if (sent && this.#asked) {
			this.#asked = false;
			await sendFrame({ line, streamId, frame: sent.frame, pace: this.#pace }, sent.chunks, () => true);
			return true;
		}
		if (near === undefined) return false;
		const frame = { frameId: crypto.randomUUID(), format: FORMAT, ...size, rest };
		const writing = new Writing(() => this.#ports.write(near));
		const hasArrived = await sendFrame(
			{ line, streamId, frame, pace: this.#pace },
			writing.bytes(),
			async () => writing.isWhole && (await lies),
		);
		if (rest !== this.#rest || !this.#size) return true;
		if (!hasArrived) return false;
		this.#steps.shift();
		this.#sent = { frame, chunks: writing.chunks };
		if (near === EXACT) this.#bytesPerPixel = writing.length / (size.width * size.height);
		this.#say();
		this.#ports.onChange();
		return true;
	}
}

/** A frame that is written while it is sent, once somebody takes it, and kept for those who come later. */
class Writing {
	readonly chunks: Bytes[] = [];
	/** Bytes so far. */
	length = 0;
	readonly #write: () => Feed<Bytes>;
	#feed: Feed<Bytes> | null = null;

	constructor(write: () => Feed<Bytes>) {
		this.#write = write;
	}

	get isWhole(): boolean {
		return this.#feed?.isCut === false;
	}

	async *bytes(): AsyncGenerator<Bytes> {
		this.#feed = this.#write();
		for await (const chunk of this.#feed) {
			this.chunks.push(chunk);
			this.length += chunk.length;
			yield chunk;
		}
	}
}
