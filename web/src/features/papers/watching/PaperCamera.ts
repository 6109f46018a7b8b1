import { frameStream } from '#features/media/frames.ts';
import type { FromWatcher, ToWatcher, WatchNews } from './messages.ts';
import { Feed } from './Feed.ts';

export interface CameraHearer {
	news(news: WatchNews): void;
	/** Once a second, in a page that is not seen too. */
	tick(): void;
}

/** The own camera, watched by a worker for whether what lies under it lies still. */
export class PaperCamera {
	readonly #worker: Worker;
	/** What is being written. */
	#feed: Feed<Uint8Array<ArrayBuffer>> | null = null;
	#id = 0;

	/** Null in browsers that do not let a page look at single pictures: then nothing is ever known to lie still. */
	static watch(track: MediaStreamTrack, hearer: CameraHearer): PaperCamera | null {
		const frames = frameStream(track);
		return frames && new PaperCamera(frames, hearer);
	}

	private constructor(frames: ReadableStream<VideoFrame>, hearer: CameraHearer) {
		this.#worker = new Worker(new URL('./watcher.ts', import.meta.url), { type: 'module' });
		this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWatcher>) => {
			switch (data.type) {
				case 'news':
					// What was being written is no picture of now.
					if (data.news.rest !== undefined) this.#endFeed();
					hearer.news(data.news);
					break;
				case 'written':
					if (data.id === this.#id) this.#feed?.add(data.bytes);
					break;
				case 'tick':
					hearer.tick();
					break;
			}
		});
		this.#say({ type: 'watch', frames }, [frames]);
	}

	/** Writes the picture that rests. Ends early, without its last bytes, when it moves or another one is written. */
	write(near: number): Feed<Uint8Array<ArrayBuffer>> {
		this.#endFeed();
		const feed = new Feed<Uint8Array<ArrayBuffer>>();
		this.#feed = feed;
		this.#say({ type: 'write', id: ++this.#id, near });
		return feed;
	}

	stop(): void {
		this.#endFeed();
		this.#say({ type: 'stop' });
		this.#worker.terminate();
	}

	#endFeed(): void {
		this.#feed?.cut();
		this.#feed = null;
	}

	#say(message: ToWatcher, transfer: Transferable[] = []): void {
		this.#worker.postMessage(message, transfer);
	}
}
