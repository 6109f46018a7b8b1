import type { Picture } from '../codec/Picture.ts';
import {
	copyFrame,
	layoutOf,
	lightOf,
	pictureOf,
	type Memory,
	type RawPicture,
} from '../codec/videoFrames.ts';
import { writePicture } from '../codec/writePicture.ts';
import { lightGrid } from '../stillness/lightGrid.ts';
import { Stillness, type StillnessNews } from '../stillness/Stillness.ts';
import type { FromWatcher, RestingPicture } from './messages.ts';

/** How often it is looked at: nearly each picture of a camera that gives fifteen a second. */
const LOOK_EVERY_MS = 50;
const MISSING_EVERY_MS = 250;

type Tell = (message: FromWatcher, transfer?: Transferable[]) => void;

/** Watches the pictures of one camera for as long as they come, and writes the one that rests. */
export class Watch {
	readonly #reader: ReadableStreamDefaultReader<VideoFrame>;
	readonly #tell: Tell;
	readonly #stillness = new Stillness();
	readonly #timer: ReturnType<typeof setInterval>;
	#resting: RawPicture | null = null;
	#picture: Picture | null = null;
	#memory: Memory | undefined;
	/** Rises with everything that ends what is being written. */
	#turn = 0;
	#awakeAt = performance.now();
	readonly #stopping = new AbortController();

	constructor(frames: ReadableStream<VideoFrame>, tell: Tell) {
		this.#reader = frames.getReader();
		this.#tell = tell;
		this.#timer = setInterval(() => this.#miss(), MISSING_EVERY_MS);
		void this.#look();
	}

	/** One stripe after another; in between the camera is looked at. */
	async write(id: number, near: number): Promise<void> {
		const turn = ++this.#turn;
		if (!this.#resting) return;
		this.#picture ??= pictureOf(this.#resting);
		for (const bytes of writePicture(this.#picture, near)) {
			this.#tell({ type: 'written', id, bytes }, [bytes.buffer]);
			await others();
			if (turn !== this.#turn) return;
		}
		this.#tell({ type: 'written', id, bytes: null });
	}

	stop(): void {
		this.#stopping.abort();
		this.#turn++;
		clearInterval(this.#timer);
		this.#reader.cancel().catch(() => undefined);
	}

	async #look(): Promise<void> {
		while (!this.#isOver()) {
			const { value: frame } = await this.#reader.read().catch(() => ({ value: undefined }));
			if (!frame) return;
			const at = performance.now();
			// One that cannot be copied counts as one that did not come.
			const raw = await copyFrame(frame, this.#memory)
				.catch(() => null)
				.finally(() => frame.close());
			if (this.#isOver()) return;
			if (raw) {
				const news = this.#stillness.add(lightGrid(lightOf(raw)), at);
				// What comes to rest is kept; the next pictures go elsewhere.
				this.#memory = news.seems ? undefined : raw.bytes;
				this.#hear(news, raw);
			}
			await new Promise((resolve) => setTimeout(resolve, at + LOOK_EVERY_MS - performance.now()));
		}
	}

	/** A worker that was kept waiting itself first sees whether pictures have come meanwhile. */
	#miss(): void {
		const now = performance.now();
		const wasAwake = now - this.#awakeAt < 2 * MISSING_EVERY_MS;
		this.#awakeAt = now;
		if (wasAwake) this.#hear(this.#stillness.missing(now));
	}

	#isOver(): boolean {
		return this.#stopping.signal.aborted;
	}

	#hear({ seems, rests, anotherPaper = false }: StillnessNews, raw: RawPicture | null = null): void {
		if (!seems && rests === undefined && !anotherPaper) return;
		const isOther = seems ?? rests === false;
		if (isOther) {
			this.#turn++;
			this.#picture = null;
			this.#resting = seems ? raw : null;
		}
		const rest = this.#resting && describe(this.#resting);
		this.#tell({
			type: 'news',
			news: { anotherPaper, ...(isOther && { rest }), ...(rests && { lies: true }) },
		});
	}
}

const describe = ({ format, width, height }: RawPicture): RestingPicture => ({
	width,
	height,
	layout: layoutOf(format),
});

/** Lets whatever else waits go first. */
async function others(): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	await new Promise((resolve) => {
		port1.onmessage = resolve;
		port2.postMessage(null);
	});
	port1.close();
}
