/// <reference lib="dom" />

/** What a page's camera for papers can be told; papers are named. */
interface PaperCamera {
	/** Prepares a paper from its print (a PNG in base64), so that laying it takes no time. */
	load(name: string, picture: string): Promise<void>;
	/** The paper before is pulled out, this one pushed in; from then on a hand holds it. */
	lay(name: string): Promise<void>;
	/** The hand holds it: it drifts by a pixel or two, a few times a second. */
	hold(): void;
	/** The hand is off: nothing but the noise of the sensor changes. */
	rest(): void;
	/** The hand moves it about until it holds it or lets it rest; resolves when the camera gives the first picture of that. */
	move(): Promise<void>;
	/** The present picture as the sensor gave it, as PNG in base64. */
	picture(): Promise<string>;
	/** Pictures given so far. */
	readonly frames: number;
}
declare global {
	var paperCamera: PaperCamera;
}

export interface PaperCameraOptions {
	readonly width: number;
	readonly height: number;
	/** Label of the device in whose place it stands. */
	readonly label: string;
	/**
	 * Label of the device for faces: a grey picture with a sensor's noise takes its place, because drawing the browser's own
	 * one takes more of the PC than a call does.
	 */
	readonly face?: string;
	/** The sheet's height as a share of the picture's, and how far it is turned about its middle, in radians. */
	readonly sheet: { readonly height: number; readonly turn: number };
}

/** How a sheet lies under it; in the middle of the picture. */
export const SHEET = { height: 0.985, turn: 0.004 } as const;

/**
 * Puts a camera for papers in the place of one of the browser's made-up ones: a sheet of A4 that fills the height of
 * the picture, a little turned, in uneven light, seen by a sensor with slight noise. What it gives is the same each
 * time. Runs in the page before its own scripts; needs nothing from outside.
 */
export function installPaperCamera({ width, height, label, face, sheet }: PaperCameraOptions): void {
	const FPS = 15;
	/** Pictures of one round of the hand's shake, of the noise at rest, and of moving about to and fro. */
	const HELD = 30;
	const RESTING = 10;
	const MOVING = 20;
	const SLIDE = 6;
	const FACE = { width: 1280, height: 720 };
	/** Standard deviation of the noise in levels of luma, and of chroma. */
	const NOISE = 1.6;
	const CHROMA_NOISE = 0.8;

	interface Frame {
		close(): void;
		readonly timestamp: number;
	}
	type FrameOf = new (source: unknown, init: unknown) => Frame;
	const VideoFrameOf = Reflect.get(globalThis, 'VideoFrame') as FrameOf;
	interface Paper {
		readonly print: ImageBitmap;
		readonly held: Frame[];
		readonly resting: Frame[];
		readonly moving: Frame[];
	}

	let seed = 20_261_123;
	const random = () => {
		seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
		return seed / 2 ** 32;
	};
	const NOISES = 1 << 16;
	const noise = Float32Array.from({ length: NOISES }, () => {
		const radius = Math.sqrt(-2 * Math.log(random() + 1e-9));
		return radius * Math.cos(2 * Math.PI * random());
	});

	const canvas = new OffscreenCanvas(width, height);
	const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
	if (!context) throw new Error('no canvas');
	context.imageSmoothingQuality = 'high';

	/** What the camera sees: the desk, the sheet moved by so many pixels, the light of a lamp from the upper left. */
	const draw = (print: ImageBitmap | null, dx: number, dy: number, turn = sheet.turn) => {
		context.setTransform(1, 0, 0, 1, 0, 0);
		context.globalCompositeOperation = 'source-over';
		context.fillStyle = '#4b463f';
		context.fillRect(0, 0, width, height);
		if (print) {
			const tall = height * sheet.height;
			const across = (tall * print.width) / print.height;
			context.translate(width / 2 + dx, height / 2 + dy);
			context.rotate(turn);
			context.drawImage(print, -across / 2, -tall / 2, across, tall);
			context.setTransform(1, 0, 0, 1, 0, 0);
		}
		context.globalCompositeOperation = 'multiply';
		const lamp = context.createRadialGradient(
			width * 0.36,
			height * 0.24,
			height * 0.1,
			width * 0.42,
			height * 0.35,
			height * 1.1,
		);
		lamp.addColorStop(0, '#fffdf6');
		lamp.addColorStop(1, '#a8a49a');
		context.fillStyle = lamp;
		context.fillRect(0, 0, width, height);
		// The shadow of the arm that holds the sheet.
		const shadow = context.createLinearGradient(width * 0.72, height, width * 0.58, height * 0.55);
		shadow.addColorStop(0, '#b9b7b4');
		shadow.addColorStop(1, '#ffffff');
		context.fillStyle = shadow;
		context.fillRect(0, 0, width, height);
	};

	/** Luma and chroma of what was drawn, without noise. */
	const sense = () => {
		const { data } = context.getImageData(0, 0, width, height);
		const luma = new Float32Array(width * height);
		const halfWidth = width / 2;
		const chroma = new Float32Array((width * height) / 2);
		const reds = chroma.length / 2;
		for (let y = 0; y < height; y++) {
			for (let x = 0; x < width; x++) {
				const at = (y * width + x) * 4;
				const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
				const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
				luma[y * width + x] = 16 + (light * 219) / 255;
				const to = (y >> 1) * halfWidth + (x >> 1);
				chroma[to] = (chroma[to] ?? 0) + (((b - light) / 1.8556) * 224) / 255 / 4;
				chroma[reds + to] = (chroma[reds + to] ?? 0) + (((r - light) / 1.5748) * 224) / 255 / 4;
			}
		}
		return { luma, chroma };
	};
	/** One picture of the sensor, each time with other noise. */
	const expose = ({ luma, chroma }: ReturnType<typeof sense>) => {
		const pixels = new Uint8ClampedArray(luma.length + chroma.length);
		let at = 0;
		const sprinkle = (values: Float32Array, base: number, deviation: number) => {
			let from = Math.floor(random() * NOISES);
			for (let i = 0; i < values.length; i++) {
				// Another place in the table now and then, so that its length leaves no pattern.
				if ((i & 4095) === 0) from = Math.floor(random() * NOISES);
				from = (from + 1) & (NOISES - 1);
				pixels[at++] = base + (values[i] ?? 0) + (noise[from] ?? 0) * deviation;
			}
		};
		sprinkle(luma, 0, NOISE);
		sprinkle(chroma, 128, CHROMA_NOISE);
		const colorSpace = { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', fullRange: false };
		return new VideoFrameOf(pixels, {
			format: 'I420',
			codedWidth: width,
			codedHeight: height,
			timestamp: 0,
			colorSpace,
		});
	};

	/** Sums of slow and quick swings that come round after `HELD` pictures. */
	const shake = (at: number) => {
		const turn = (2 * Math.PI * at) / HELD;
		return {
			dx: 1.1 * Math.sin(2 * turn) + 0.5 * Math.sin(7 * turn + 1),
			dy: 0.8 * Math.sin(3 * turn + 2) + 0.4 * Math.cos(8 * turn),
			turn: sheet.turn + 0.0004 * Math.sin(2 * turn + 0.5),
		};
	};
	const papers = new Map<string, Paper>();
	const load = async (name: string, picture: string) => {
		const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
		const print = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
		const held = Array.from({ length: HELD }, (_, at) => {
			const { dx, dy, turn } = shake(at);
			draw(print, dx, dy, turn);
			return expose(sense());
		});
		draw(print, 0, 0);
		const still = sense();
		const resting = Array.from({ length: RESTING }, () => expose(still));
		const moving = Array.from({ length: MOVING }, (_, at) => {
			const turn = (2 * Math.PI * at) / MOVING;
			draw(print, width * 0.04 * Math.sin(turn), height * 0.03 * Math.sin(turn));
			return expose(sense());
		});
		papers.set(name, { print, held, resting, moving });
	};

	draw(null, 0, 0);
	const desk = sense();
	const empty = [expose(desk), expose(desk), expose(desk)];
	let paper: Paper | null = null;
	let state: 'held' | 'resting' | 'moving' | 'sliding' = 'resting';
	let slide = 0;
	let next: Paper | null = null;
	let laid: (() => void) | undefined;
	let moved: (() => void) | undefined;
	let step = 0;
	let count = 0;
	let present: Frame | undefined;

	const look = (): Frame => {
		const timestamp = Math.round(performance.now() * 1000);
		const drawn = (print: ImageBitmap | null, dx: number, dy: number) => {
			draw(print, dx, dy);
			return new VideoFrameOf(canvas, { timestamp });
		};
		if (state === 'sliding') {
			slide++;
			if (slide === 2 * SLIDE) {
				[paper, state] = [next, 'held'];
				laid?.();
			}
			const isOut = slide < SLIDE;
			const far = isOut ? slide / SLIDE : 1 - (slide - SLIDE) / SLIDE;
			return drawn((isOut ? paper : next)?.print ?? null, (isOut ? -1 : 1) * far ** 2 * width * 0.75, 0);
		}
		if (state === 'moving' && paper) {
			moved?.();
			return new VideoFrameOf(paper.moving[++step % MOVING], { timestamp });
		}
		const pool = (state === 'held' ? paper?.held : paper?.resting) ?? empty;
		const at = state === 'held' ? count % pool.length : Math.floor(random() * pool.length);
		return new VideoFrameOf(pool[at], { timestamp });
	};

	const writers = new Set<WritableStreamDefaultWriter<Frame>>();
	setInterval(() => {
		if (writers.size === 0 && !laid) return;
		present?.close();
		present = look();
		count++;
		for (const writer of writers) {
			// Who does not keep up misses pictures, as with any camera.
			if ((writer.desiredSize ?? 0) <= 0) continue;
			const { timestamp } = present;
			writer.write(new VideoFrameOf(present, { timestamp })).catch(() => writers.delete(writer));
		}
	}, 1000 / FPS);

	/** A track of made pictures in the place of a real one. */
	const trackFor = (
		real: MediaStreamTrack,
		size: { readonly width: number; readonly height: number },
		begin: (writer: WritableStreamDefaultWriter<Frame>) => void,
	): MediaStreamTrack => {
		const Generator = Reflect.get(globalThis, 'MediaStreamTrackGenerator') as new (
			init: unknown,
		) => MediaStreamTrack & { writable: WritableStream<Frame> };
		const generator = new Generator({ kind: 'video' });
		const settings = { ...real.getSettings(), ...size, frameRate: FPS };
		real.stop();
		const dress = (track: MediaStreamTrack) => {
			const clone = track.clone.bind(track);
			track.getSettings = () => settings;
			track.clone = () => dress(clone());
			return track;
		};
		begin(generator.writable.getWriter());
		return dress(generator);
	};
	const giveFace = (writer: WritableStreamDefaultWriter<Frame>) => {
		const pixels = new Uint8ClampedArray((FACE.width * FACE.height * 3) / 2).fill(128);
		const pictures = Array.from({ length: RESTING }, () => {
			for (let at = 0; at < FACE.width * FACE.height; at++)
				pixels[at] = 110 + NOISE * (noise[Math.floor(random() * NOISES)] ?? 0);
			const init = { format: 'I420', codedWidth: FACE.width, codedHeight: FACE.height, timestamp: 0 };
			return new VideoFrameOf(pixels, init);
		});
		let at = 0;
		const timer = setInterval(() => {
			if ((writer.desiredSize ?? 0) <= 0) return;
			const timestamp = Math.round(performance.now() * 1000);
			writer
				.write(new VideoFrameOf(pictures[at++ % RESTING], { timestamp }))
				.catch(() => clearInterval(timer));
		}, 1000 / FPS);
	};
	const media = navigator.mediaDevices;
	const open = media.getUserMedia.bind(media);
	media.getUserMedia = async (constraints) => {
		const stream = await open(constraints);
		const [real] = stream.getVideoTracks();
		if (real?.label === label) {
			const paperTrack = trackFor(real, { width, height }, (writer) => writers.add(writer));
			return new MediaStream([paperTrack, ...stream.getAudioTracks()]);
		}
		if (real && real.label === face) {
			return new MediaStream([trackFor(real, FACE, giveFace), ...stream.getAudioTracks()]);
		}
		return stream;
	};

	globalThis.paperCamera = {
		load,
		lay: async (name) => {
			const found = papers.get(name);
			if (!found) throw new Error(`no paper ${name} was loaded`);
			[next, slide, state] = [found, paper ? 0 : SLIDE, 'sliding'];
			await new Promise<void>((done) => (laid = done));
			laid = undefined;
		},
		hold: () => (state = 'held'),
		rest: () => (state = 'resting'),
		move: async () => {
			[state, step] = ['moving', 0];
			await new Promise<void>((done) => (moved = done));
			moved = undefined;
		},
		picture: async () => {
			if (!present) throw new Error('nobody looks through the camera');
			const shot = new OffscreenCanvas(width, height);
			shot.getContext('2d')?.drawImage(present as unknown as CanvasImageSource, 0, 0);
			const bytes = new Uint8Array(await (await shot.convertToBlob()).arrayBuffer());
			let text = '';
			for (let at = 0; at < bytes.length; at += 32_768)
				text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
			return btoa(text);
		},
		get frames() {
			return count;
		},
	};
}
