import type { FrameBytes, FrameInfo } from '@counter-hub/shared/media/frames.ts';
import { PAPER_TOPIC, paperSaid } from '@counter-hub/shared/papers/paperSaid.ts';
import type { MediaClient } from '#features/media/MediaClient.ts';
import type { FromReader, ToReader } from './viewing/messages.ts';
import { PaperView } from './viewing/PaperView.ts';

const LOOK_EVERY_MS = 250;

/** A frame that may be shown in place of the moving picture. */
export interface CrispPicture {
	/** Holds its pixels. */
	readonly canvas: HTMLCanvasElement;
	readonly width: number;
	readonly height: number;
	/** How far a sample may lie off what the camera gave; 0: nowhere. */
	readonly near: number;
}

/** The other side's papers: the crisp picture of what lies there, for as long as it is the picture of now. */
export class RemotePaper {
	shown = $state.raw<CrispPicture | null>(null);
	paper = $state(0);
	readonly #view = new PaperView();
	readonly #client: MediaClient;
	readonly #streamId: string;
	/** There before the first frame is: what a worker needs to begin would come on top of the wait for that. */
	readonly #reader: Worker;
	/** The frame that was read last. */
	#read: { frameId: string; picture: CrispPicture } | null = null;
	/** By id: what the reader has not answered yet. A better frame may begin to come while the one before is still read. */
	readonly #reading = new Map<string, FrameInfo>();

	constructor(client: MediaClient, streamId: string) {
		this.#client = client;
		this.#streamId = streamId;
		this.#reader = new Worker(new URL('./viewing/reader.ts', import.meta.url), { type: 'module' });
		this.#reader.addEventListener('message', ({ data }: MessageEvent<FromReader>) => this.#hasRead(data));
	}

	/** Returns how to stop. */
	follow(): () => void {
		const stops = [
			this.#client.onSaid(({ topic, data }) => {
				if (topic !== PAPER_TOPIC) return;
				const said = paperSaid.safeParse(data);
				if (!said.success || said.data.stream !== this.#streamId) return;
				this.#view.said(said.data, performance.now());
				this.paper = this.#view.paper;
				this.#look();
			}),
			this.#client.frames.hear(this.#streamId, {
				begin: (frame) => this.#begin(frame),
				part: (frameId, data, last) => this.#part(frameId, data, last),
				dropped: (rest) => {
					this.#view.dropped(rest);
					this.#look();
				},
				asked: () => undefined,
			}),
		];
		const timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
		return () => {
			clearInterval(timer);
			for (const stop of stops) stop();
			this.#reader.terminate();
			this.shown = null;
		};
	}

	#begin(frame: FrameInfo): void {
		this.#view.begin(frame, performance.now());
		this.#reading.set(frame.frameId, frame);
		this.#tell({ type: 'begin', frame });
	}

	#part(frameId: string, data: FrameBytes, last: boolean): void {
		this.#view.part(frameId, performance.now());
		this.#tell({ type: 'part', frameId, data, last });
	}

	#tell(message: ToReader): void {
		this.#reader.postMessage(message);
	}

	#hasRead({ frameId, picture }: FromReader): void {
		const frame = this.#reading.get(frameId);
		if (!frame) return;
		this.#reading.delete(frameId);
		this.#view.read(frame, picture !== null);
		if (!picture) return;
		const { width, height } = frame;
		const canvas = Object.assign(document.createElement('canvas'), { width, height });
		canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(picture.bitmap);
		this.#read = { frameId, picture: { canvas, width, height, near: picture.near } };
		this.#look();
	}

	#look(): void {
		const at = performance.now();
		const frameId = this.#view.shown(at);
		this.shown = frameId !== null && this.#read?.frameId === frameId ? this.#read.picture : null;
		const wanted = this.#view.wants(at);
		if (wanted !== null) this.#client.frames.ask(this.#streamId, wanted).catch(() => undefined);
	}
}
