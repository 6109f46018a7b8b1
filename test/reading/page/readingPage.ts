/// <reference lib="dom" />
import type { Finding } from '@counter-hub/shared/reading/findings.ts';
import { PaperReader, ReadingFailed, type ReadWish } from '../../../web/src/features/reading/PaperReader.ts';

/** The product's reader of papers on an otherwise empty page. Pictures are given as base64. */
declare global {
	var readingPage: ReadingPage;
}

export interface Reading {
	readonly findings: readonly Finding[];
	readonly ms: number;
}

class ReadingPage {
	readonly #reader = new PaperReader();

	/** @throws Error that names the failure */
	async read(picture: string, wish: Pick<ReadWish, 'name' | 'today' | 'turns'>): Promise<Reading> {
		const from = performance.now();
		const findings = await this.#read(picture, {
			...wish,
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
		return { findings, ms: performance.now() - from };
	}

	/** Gives the picture up as soon as its reading has begun; says what came of it. */
	async giveUp(picture: string): Promise<string> {
		const stop = new AbortController();
		const wish = { name: '', today: '2026-11-23', turns: 0, signal: stop.signal };
		return this.#read(picture, { ...wish, onProgress: () => stop.abort() }).then(
			() => 'read',
			(error: unknown) => (error instanceof DOMException ? error.name : String(error)),
		);
	}

	async #read(picture: string, wish: Omit<ReadWish, 'src' | 'gentle'>): Promise<readonly Finding[]> {
		const bytes = Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
		const src = URL.createObjectURL(new Blob([bytes]));
		try {
			return await this.#reader.read({ src, gentle: false, ...wish });
		} catch (error) {
			if (error instanceof ReadingFailed)
				throw new Error(`ReadingFailed: ${error.failure}`, { cause: error });
			throw error;
		} finally {
			URL.revokeObjectURL(src);
		}
	}
}
globalThis.readingPage = new ReadingPage();
