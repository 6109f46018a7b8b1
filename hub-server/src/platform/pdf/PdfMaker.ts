import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { PdfAnswer, PdfOrder } from './pdfWorker.ts';

/** What a document is made of: a Typst file and what it is filled with. */
export interface PdfContent {
	/** Path of the `.typ` file; it may import `/house.typ`. */
	readonly template: string;
	/** Read in the template by `json(bytes(sys.inputs.data))`: text in it is never taken for markup. */
	readonly data: unknown;
	/** Pictures that the template shows, by the path that it gives (`/qr.svg`). */
	readonly pictures?: Readonly<Record<string, Uint8Array>>;
	/** The date that the file bears. */
	readonly at: Date;
}

/** Documents that wait at once; more are refused. */
const WAITING_MAX = 100;
const RENDER_TIMEOUT_MS = 30_000;

interface Waiting {
	readonly resolve: (pdf: Buffer) => void;
	readonly reject: (error: unknown) => void;
	readonly timer: NodeJS.Timeout;
}

/** Makes PDFs with Typst, in a thread of its own, so that nobody waits for a page to be laid out. */
export class PdfMaker {
	#worker: Worker | undefined;
	#next = 1;
	readonly #waiting = new Map<number, Waiting>();

	/** @throws AppError `queueFull`; Error with the compiler's words where the template does not hold */
	async render({ template, data, pictures = {}, at }: PdfContent): Promise<Buffer> {
		if (this.#waiting.size >= WAITING_MAX) throw new AppError('queueFull');
		const source = await readFile(template, 'utf8');
		const order: PdfOrder = {
			id: this.#next++,
			template,
			source,
			data: JSON.stringify(data),
			pictures,
			at: at.getTime(),
		};
		return await new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#fail(new Error(`${template} took longer than ${RENDER_TIMEOUT_MS} ms`));
			}, RENDER_TIMEOUT_MS);
			this.#waiting.set(order.id, { resolve, reject, timer });
			this.#running().postMessage(order);
		});
	}

	async close(): Promise<void> {
		const worker = this.#worker;
		this.#fail(new AppError('unavailable'));
		await worker?.terminate();
	}

	#running(): Worker {
		if (this.#worker) return this.#worker;
		const worker = new Worker(new URL('pdfWorker.ts', import.meta.url));
		this.#worker = worker;
		// Somebody who waits keeps the process; an idle thread does not.
		worker.unref();
		worker.on('message', ({ id, pdf, error }: PdfAnswer) => {
			const waiting = this.#waiting.get(id);
			if (!waiting) return;
			this.#waiting.delete(id);
			clearTimeout(waiting.timer);
			if (pdf) waiting.resolve(Buffer.from(pdf));
			else waiting.reject(new Error(error ?? 'no PDF was made'));
		});
		const died = (error: Error) => {
			if (this.#worker === worker) this.#fail(error);
		};
		worker.on('error', died);
		worker.on('exit', (code) => {
			died(new Error(`the thread of PDFs ended with ${code}`));
		});
		return worker;
	}

	/** Whoever waits is told; the next order begins with a new thread. */
	#fail(error: unknown): void {
		const worker = this.#worker;
		this.#worker = undefined;
		void worker?.terminate();
		for (const { reject, timer } of this.#waiting.values()) {
			clearTimeout(timer);
			reject(error);
		}
		this.#waiting.clear();
	}
}
