import { readFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a readiness address answers 200.
 * @param {string} url
 * @param {{ authority?: string, limitMs: number }} options authority: PEM file of who signed the certificate
 * @returns {Promise<boolean>} whether it did in time
 */
export async function becomesReady(url, { authority, limitMs }) {
	const ca = authority ? readFileSync(authority) : undefined;
	const deadline = Date.now() + limitMs;
	while ((await status(url, ca)) !== 200) {
		if (Date.now() > deadline) return false;
		await sleep(30);
	}
	return true;
}

/** @param {string} url @param {Buffer | undefined} ca @returns {Promise<number>} 0 without an answer */
function status(url, ca) {
	return new Promise((resolve) => {
		const get = url.startsWith('https:') ? httpsGet : httpGet;
		const request = get(url, { ca, agent: false, timeout: 2_000 }, (response) => {
			response.resume();
			resolve(response.statusCode ?? 0);
		});
		request.on('timeout', () => request.destroy());
		request.on('error', () => resolve(0));
	});
}
