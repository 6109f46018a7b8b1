import type { Finding } from '@counter-hub/shared/reading/findings.ts';
import type { ReadFailure, ReaderNews, ReaderOrder } from './worker/messages.ts';

export interface ReadWish {
	/** Address of the picture: of this origin, or a `blob:` of this page. */
	readonly src: string;
	/** Quarter turns clockwise after which somebody sees it upright. */
	readonly turns: number;
	/** A call goes on, which must not notice. */
	readonly gentle: boolean;
	/** Name of the case's enterprise. */
	readonly name: string;
	/** ISO date, Asia/Shanghai. */
	readonly today: string;
	readonly signal: AbortSignal;
	/** 0–1. */
	readonly onProgress: (share: number) => void;
}

/** A picture was not read. */
export class ReadingFailed extends Error {
	readonly failure: ReadFailure | 'tooLong';

	constructor(failure: ReadFailure | 'tooLong', why: string) {
		super(why);
		this.failure = failure;
	}
}

interface Job {
	readonly wish: ReadWish;
	readonly resolve: (findings: readonly Finding[]) => void;
	readonly reject: (error: unknown) => void;
	limit: ReturnType<typeof setTimeout>;
}

/** A picture with which nothing happens for so long is given up: the worker is likely stuck. */
const LIMIT_MS = 120_000;
/** Without work for so long the worker gives its memory back. */
const IDLE_MS = 180_000;

/**
 * Reads pictures of papers in the browser: QR and bar codes, and print. Its worker and what that needs (3 MB, from this
 * origin) are loaded when the first picture comes, and let go after some minutes without one.
 */
export class PaperReader {
	#worker: Worker | undefined;
	#idle: ReturnType<typeof setTimeout> | undefined;
	#next = 1;
	readonly #jobs = new Map<number, Job>();

	/** @throws ReadingFailed; the signal's reason when it is given up */
	async read(wish: ReadWish): Promise<readonly Finding[]> {
		wish.signal.throwIfAborted();
		clearTimeout(this.#idle);
		const id = this.#next++;
		const { src, turns, gentle, name, today } = wish;
		return await new Promise((resolve, reject) => {
			this.#jobs.set(id, { wish, resolve, reject, limit: this.#limit() });
			wish.signal.addEventListener('abort', () => this.#cancel(id), { once: true });
			this.#send({ type: 'read', id, src, turns, gentle, name, today });
		});
	}

	close(): void {
		this.#drop(new DOMException('closed', 'AbortError'));
	}

	#limit(): ReturnType<typeof setTimeout> {
		return setTimeout(() => {
			this.#drop(new ReadingFailed('tooLong', `nothing for ${LIMIT_MS} ms`));
		}, LIMIT_MS);
	}

	#cancel(id: number): void {
		const job = this.#take(id);
		if (!job) return;
		this.#send({ type: 'cancel', id });
		job.reject(job.wish.signal.reason);
	}

	#send(order: ReaderOrder): void {
		this.#worker ??= this.#start();
		this.#worker.postMessage(order);
	}

	#start(): Worker {
		const worker = new Worker(new URL('./worker/reading.worker.ts', import.meta.url), { type: 'module' });
		worker.onmessage = ({ data }: MessageEvent<ReaderNews>) => this.#hear(data);
		worker.onerror = ({ message }) => this.#drop(new ReadingFailed('parts', message));
		return worker;
	}

	#hear(news: ReaderNews): void {
		if (news.type === 'progress') {
			const running = this.#jobs.get(news.id);
			running?.wish.onProgress(news.share);
			// A slow PC in a call takes its time; those that wait for it wait with it.
			for (const job of this.#jobs.values()) {
				clearTimeout(job.limit);
				job.limit = this.#limit();
			}
			return;
		}
		const job = this.#take(news.id);
		if (news.type === 'done') job?.resolve(news.findings);
		if (news.type === 'failed') job?.reject(new ReadingFailed(news.failure, news.why));
	}

	#take(id: number): Job | undefined {
		const job = this.#jobs.get(id);
		if (!job) return undefined;
		this.#jobs.delete(id);
		clearTimeout(job.limit);
		if (this.#jobs.size === 0) this.#idle = setTimeout(() => this.close(), IDLE_MS);
		return job;
	}

	/** Ends the worker and whatever waits for it; the next picture gets a new one. */
	#drop(error: Error): void {
		clearTimeout(this.#idle);
		this.#worker?.terminate();
		this.#worker = undefined;
		for (const [id, job] of this.#jobs) {
			clearTimeout(job.limit);
			this.#jobs.delete(id);
			job.reject(error);
		}
	}
}
