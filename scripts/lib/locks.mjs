import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Takes the lock of a folder if nobody holds it. The lock is a listening abstract socket, so the kernel
 * frees it however its holder dies, and nothing stale can stay behind.
 * @param {string} folder is made when missing
 * @returns {Promise<(() => void) | undefined>} the release, or undefined when another process holds it
 */
export function tryLock(folder) {
	mkdirSync(folder, { recursive: true });
	const id = createHash('sha256')
		.update(`${process.getuid?.()}:${realpathSync(folder)}`)
		.digest('hex')
		.slice(0, 32);
	return new Promise((resolve, reject) => {
		const server = createServer((socket) => socket.destroy());
		server.once('error', (error) => {
			if ('code' in error && error.code === 'EADDRINUSE') resolve(undefined);
			else reject(error);
		});
		server.listen(`\0counter-hub-${id}`, () => {
			server.unref();
			resolve(() => server.close());
		});
	});
}

/**
 * Runs `work` while holding the lock of a folder; waits for another process that holds it.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
	let release = await tryLock(folder);
	while (!release) {
		await sleep(150);
		release = await tryLock(folder);
	}
	try {
		return await work();
	} finally {
		release();
	}
}
