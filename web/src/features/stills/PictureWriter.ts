import type { PictureAnswer, PictureOrder, PictureSource, WrittenPicture } from './worker/messages.ts';

interface Waiting {
	resolve(written: WrittenPicture): void;
	reject(error: Error): void;
}

/** Writes pictures as files in a worker, which starts with the first one. */
export class PictureWriter {
	#worker: Worker | undefined;
	readonly #waiting = new Map<number, Waiting>();
	#id = 0;
	#isOver = false;

	/** Takes the source over. @throws Error where it cannot be written */
	write(source: PictureSource): Promise<WrittenPicture> {
		this.#worker ??= this.#start();
		const id = ++this.#id;
		const order: PictureOrder = { id, source };
		return new Promise((resolve, reject) => {
			this.#waiting.set(id, { resolve, reject });
			this.#worker?.postMessage(order, source instanceof Blob ? [] : [source]);
		});
	}

	/** Once no more are wanted; what is being written still gets done. */
	finish(): void {
		this.#isOver = true;
		this.#endWhenDone();
	}

	#endWhenDone(): void {
		if (!this.#isOver || this.#waiting.size > 0) return;
		this.#worker?.terminate();
		this.#worker = undefined;
	}

	#fail(why: string): void {
		this.#worker?.terminate();
		this.#worker = undefined;
		for (const waiting of this.#waiting.values()) waiting.reject(new Error(why));
		this.#waiting.clear();
	}

	#start(): Worker {
		const worker = new Worker(new URL('./worker/picture.worker.ts', import.meta.url), { type: 'module' });
		worker.onmessage = ({ data }: MessageEvent<PictureAnswer>) => {
			const waiting = this.#waiting.get(data.id);
			this.#waiting.delete(data.id);
			if ('written' in data) waiting?.resolve(data.written);
			else waiting?.reject(new Error(data.why));
			this.#endWhenDone();
		};
		worker.onerror = ({ message }) => this.#fail(message);
		return worker;
	}
}
