import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { FrameLine } from '#features/media/FrameLine.ts';
import type { Pace } from './Pace.ts';

/** So many parts may be without an answer. */
const WINDOW = 2;

interface FrameOnLine {
	readonly line: Pick<FrameLine, 'begin' | 'part'>;
	readonly streamId: string;
	readonly frame: FrameInfo;
	readonly pace: Pace;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Sends one frame to those who watch and lack it, as fast as they take it. False when there is nobody (any more).
 * Throws MediaError.
 * @param isWhole asked after the last of the chunks: whether they are all, and the last part may go
 */
export async function sendFrame(
	{ line, streamId, frame, pace }: FrameOnLine,
	chunks: AsyncIterable<Bytes> | Iterable<Bytes>,
	isWhole: () => boolean | Promise<boolean>,
): Promise<boolean> {
	if ((await line.begin(streamId, frame)) === 0) return false;
	const { frameId } = frame;
	const underWay: Promise<void>[] = [];
	let [next, bytes, ms, viewers] = [0, 0, 0, 1];
	const send = async (data: Bytes, last: boolean): Promise<void> => {
		const at = performance.now();
		viewers = await line.part(streamId, { frameId, part: next++, last, data });
		pace.notePart(data.length, performance.now() - at);
	};
	const put = async (data: Bytes, last: boolean): Promise<void> => {
		bytes += data.length;
		const at = performance.now();
		const part = send(data, last);
		// Who waits for it comes later.
		part.catch(() => undefined);
		underWay.push(part);
		while (underWay.length >= (last ? 1 : WINDOW)) await underWay.shift();
		ms += performance.now() - at;
	};
	const rest = new Rest();
	for await (const chunk of chunks) {
		rest.add(chunk);
		// One is held back: which is the last is known at the end.
		while (rest.length > pace.partBytes && viewers > 0) await put(rest.take(pace.partBytes), false);
		if (viewers === 0) return false;
	}
	if (!(await isWhole())) return false;
	await put(rest.take(rest.length), true);
	pace.noteFrame(bytes, ms);
	return viewers > 0;
}

/** Bytes that have not been sent. */
class Rest {
	#chunks: Bytes[] = [];
	length = 0;

	add(chunk: Bytes): void {
		this.#chunks.push(chunk);
		this.length += chunk.length;
	}

	/** The first `count` of them, of which there are as many. */
	take(count: number): Bytes {
		const taken = new Uint8Array(count);
		for (let at = 0; at < count;) {
			const [first, ...others] = this.#chunks;
			if (!first) break;
			const part = first.subarray(0, count - at);
			taken.set(part, at);
			at += part.length;
			const left = first.subarray(part.length);
			this.#chunks = left.length > 0 ? [left, ...others] : others;
		}
		this.length -= count;
		return taken;
	}
}
