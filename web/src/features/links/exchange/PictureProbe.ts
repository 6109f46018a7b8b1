import { readFrames } from '#features/media/frames.ts';

/** Large enough that the noise of a sensor shows, small enough to be looked at several times a second. */
const WIDTH = 96;
const HEIGHT = 54;
const LOOK_EVERY_MS = 250;

/** What the decoded pictures of one stream look like, in a hidden tab too. */
export class PictureProbe {
	readonly #canvas = new OffscreenCanvas(WIDTH, HEIGHT);
	readonly #context = this.#canvas.getContext('2d', { willReadFrequently: true });
	readonly #reader: ReturnType<typeof readFrames<VideoFrame>>;
	readonly #onFirst: () => void;
	#lookedAt = -Infinity;
	#before: Uint8ClampedArray | null = null;
	#looks = 0;
	#changes = 0;
	#contrast = 0;
	#stopped = false;

	constructor(track: MediaStreamTrack, onFirst: () => void) {
		this.#onFirst = onFirst;
		this.#reader = readFrames<VideoFrame>(track);
		void this.#read();
	}

	/** A browser that lets no page look at single pictures has nothing to say against them. */
	get isBlind(): boolean {
		return this.#reader === null;
	}

	/** Share of looks that found another picture, and the mean standard deviation of the brightness. */
	get seen(): { motion: number; contrast: number } {
		if (this.isBlind) return { motion: 1, contrast: 128 };
		return {
			// One look alone says nothing of motion.
			motion: this.#looks < 2 ? 1 : this.#changes / (this.#looks - 1),
			contrast: this.#looks === 0 ? 0 : Math.min(128, this.#contrast / this.#looks),
		};
	}

	close(): void {
		this.#stopped = true;
		this.#reader?.stop();
	}

	async #read(): Promise<void> {
		for (let isFirst = true; ; isFirst = false) {
			const picture = await this.#reader?.next();
			if (!picture || this.#stopped) {
				picture?.close();
				return;
			}
			if (isFirst) this.#onFirst();
			const now = performance.now();
			if (now - this.#lookedAt >= LOOK_EVERY_MS) {
				this.#lookedAt = now;
				this.#look(picture);
			}
			picture.close();
		}
	}

	#look(picture: VideoFrame): void {
		if (!this.#context) return;
		this.#context.drawImage(picture, 0, 0, WIDTH, HEIGHT);
		const { data } = this.#context.getImageData(0, 0, WIDTH, HEIGHT);
		this.#looks++;
		this.#contrast += deviation(data);
		if (this.#before?.some((value, at) => value !== data[at])) this.#changes++;
		this.#before = data;
	}
}

/** Standard deviation of the brightness of RGBA pixels. */
function deviation(pixels: Uint8ClampedArray): number {
	let [sum, squares] = [0, 0];
	const count = pixels.length / 4;
	for (let at = 0; at < pixels.length; at += 4) {
		const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
		const brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
		sum += brightness;
		squares += brightness * brightness;
	}
	return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
