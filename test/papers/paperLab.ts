/// <reference lib="dom" />

/** A document camera in the hands of a test: it gives exactly what it is told, as a camera does, in luma and chroma. */
interface PaperLab {
	/** How the sheet lies: moved by so many pixels. */
	lay(right: number, down: number): void;
	/** Gives no more pictures, or does again. */
	freeze(frozen: boolean): void;
	/** A hash of the pixels of the present picture, as the browser shows them. */
	hash(): Promise<string>;
	/** The same of a canvas on the page. */
	hashOf(canvas: HTMLCanvasElement): string;
	/** When the sheet was laid last, by `performance.now()` at the first picture that shows it. */
	readonly laidAt: number;
}
declare global {
	var paperLab: PaperLab;
}

export interface PaperLabOptions {
	readonly width: number;
	readonly height: number;
	/** Noise of the sensor, in levels. */
	readonly noise?: number;
}

/** Runs in the page before its own scripts; needs nothing from outside. Every document camera is this one. */
export function installPaperLab({ width, height, noise = 0 }: PaperLabOptions): void {
	const FPS = 15;
	/** Of each way that the sheet lies, so many pictures with noise of their own. */
	const VARIANTS = noise > 0 ? 5 : 1;
	interface Generator extends MediaStreamTrack {
		readonly writable: WritableStream<VideoFrame>;
	}
	type Bytes = Uint8Array<ArrayBuffer>;

	function sheet(right: number, down: number): Bytes {
		const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
		if (!context) throw new Error('no canvas');
		const paperWidth = height / Math.SQRT2;
		const left = (width - paperWidth) / 2 + right;
		const point = height / 842;
		context.fillStyle = '#3c3f42';
		context.fillRect(0, 0, width, height);
		context.fillStyle = '#f4f1ea';
		context.fillRect(left, down, paperWidth, height);
		context.fillStyle = '#1c1c1c';
		const words = '根据公司法及本公司章程的规定召开临时股东会会议应到股东三名实到股东三名代表全部表决权';
		for (let line = 0; line < 44; line++) {
			const size = (line % 4 === 3 ? 9 : 10.5) * point;
			context.font = `${size}px "Noto Serif CJK SC", serif`;
			const count = Math.floor((paperWidth - 90 * point) / size);
			const text = Array.from({ length: count }, (_, at) => words[(at * 7 + line * 13) % words.length]).join(
				'',
			);
			context.fillText(text, left + 45 * point, down + (60 + line * 17) * point);
		}
		const { data } = context.getImageData(0, 0, width, height);
		const bytes = new Uint8Array(width * height * 1.5).fill(128);
		for (let at = 0; at < width * height; at++) {
			const [red = 0, green = 0, blue = 0] = [data[at * 4], data[at * 4 + 1], data[at * 4 + 2]];
			bytes[at] = 16 + (0.299 * red + 0.587 * green + 0.114 * blue) * (219 / 255);
		}
		return bytes;
	}
	function noisy(bytes: Bytes): Bytes {
		return bytes.map((value) => {
			const sum = Math.random() + Math.random() + Math.random() + Math.random() - 2;
			return Math.min(235, Math.max(16, Math.round(value + sum * Math.sqrt(3) * noise)));
		});
	}
	const known = new Map<string, Bytes[]>();
	function picturesOf(right: number, down: number): Bytes[] {
		const key = `${right} ${down}`;
		const pictures = known.get(key) ?? [sheet(right, down)];
		while (noise > 0 && pictures.length < VARIANTS) {
			const [first] = pictures;
			if (first) pictures.push(noisy(first));
		}
		known.set(key, pictures);
		return pictures;
	}
	const colorSpace = {
		primaries: 'bt709',
		transfer: 'bt709',
		matrix: 'smpte170m',
		fullRange: false,
	} as const;
	const frameOf = (bytes: Bytes) =>
		new VideoFrame(bytes, {
			format: 'I420',
			codedWidth: width,
			codedHeight: height,
			timestamp: performance.now() * 1000,
			colorSpace,
		});
	const hashOf = (context: OffscreenCanvasRenderingContext2D): string => {
		let hash = 2_166_136_261;
		for (const byte of context.getImageData(0, 0, width, height).data)
			hash = Math.imul(hash ^ byte, 16_777_619);
		return (hash >>> 0).toString(16);
	};
	const hashOfPicture = (picture: CanvasImageSource): string => {
		const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
		if (!context) throw new Error('no canvas');
		context.drawImage(picture, 0, 0);
		return hashOf(context);
	};

	let pictures: Bytes[] | null = null;
	let [turn, laidAt, isFrozen, isNew] = [0, 0, false, true];
	const present = (): Bytes => {
		pictures ??= picturesOf(0, 0);
		const bytes = pictures[turn % pictures.length];
		if (!bytes) throw new Error('no picture');
		return bytes;
	};

	function camera(): MediaStreamTrack {
		const make: unknown = Reflect.get(globalThis, 'MediaStreamTrackGenerator');
		const track = Reflect.construct(make as new () => unknown, [{ kind: 'video' }]) as Generator;
		const writer = track.writable.getWriter();
		const timer = setInterval(() => {
			if (track.readyState === 'ended') clearInterval(timer);
			if (isFrozen || (writer.desiredSize ?? 0) <= 0) return;
			turn++;
			if (isNew) laidAt = performance.now();
			isNew = false;
			writer.write(frameOf(present())).catch(() => clearInterval(timer));
		}, 1000 / FPS);
		track.getSettings = () => ({ width, height, frameRate: FPS });
		return track;
	}

	const media = navigator.mediaDevices;
	const open = media.getUserMedia.bind(media);
	media.getUserMedia = async (constraints) => {
		const { video } = constraints ?? {};
		const isDocument = typeof video === 'object' && Reflect.get(video, 'resizeMode') === 'none';
		return isDocument ? new MediaStream([camera()]) : await open(constraints);
	};
	globalThis.paperLab = {
		lay: (right, down) => {
			pictures = picturesOf(right, down);
			isNew = true;
		},
		freeze: (frozen) => {
			isFrozen = frozen;
		},
		hash: async () => {
			const frame = frameOf(present());
			const bitmap = await createImageBitmap(frame);
			frame.close();
			return hashOfPicture(bitmap);
		},
		hashOf: hashOfPicture,
		get laidAt() {
			return laidAt;
		},
	};
}
