import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Without internet an attempt must fail at once, not after a resolver's patience. */
const answerMs = 4_000;

/**
 * Downloads a file.
 * @param {string} url
 * @param {string} path
 * @returns {Promise<string | undefined>} its SHA-256, or undefined when the server cannot be reached or has no such file
 */
export async function download(url, path) {
	const controller = new AbortController();
	const patience = setTimeout(() => controller.abort(), answerMs);
	try {
		const response = await fetch(url, { signal: controller.signal });
		clearTimeout(patience);
		if (!response.ok || !response.body) return undefined;
		const hash = createHash('sha256');
		const body = Readable.fromWeb(response.body);
		body.on('data', (chunk) => hash.update(chunk));
		await pipeline(body, createWriteStream(path));
		return hash.digest('hex');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') throw error;
		return undefined;
	} finally {
		clearTimeout(patience);
	}
}
