import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { withLock } from './locks.mjs';

/** What the starter fetches or builds once per machine lies here, outside the working tree. */
export const cacheRoot = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'counter-hub');

/** Platform, processor and system release: a binary made on one of them is never used on another. */
export const machine = `${process.platform}-${process.arch}-${release()}`;

/**
 * A folder of the cache, filled on first use: made in a temporary folder, then renamed into place, so that
 * an interrupted attempt leaves nothing that looks complete.
 * @param {string} name folder below the cache root
 * @param {string} proof a file inside it that shows it to be complete
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the path of the proof
 */
export async function cached(name, proof, fill) {
	const folder = join(cacheRoot, name);
	const result = join(folder, proof);
	if (existsSync(result)) return result;
	return withLock(join(cacheRoot, 'locks', name), async () => {
		if (existsSync(result)) return result;
		const draft = `${folder}.${randomBytes(4).toString('hex')}.tmp`;
		mkdirSync(draft, { recursive: true });
		try {
			await fill(draft);
			rmSync(folder, { recursive: true, force: true });
			mkdirSync(dirname(folder), { recursive: true });
			renameSync(draft, folder);
		} finally {
			rmSync(draft, { recursive: true, force: true });
		}
		return result;
	});
}

/** @returns {string} such as `debian12` */
function release() {
	try {
		const text = readFileSync('/etc/os-release', 'utf8');
		const field = (/** @type {string} */ name) =>
			new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(text)?.[1] ?? '';
		return `${field('ID')}${field('VERSION_ID')}`.replace(/[^\w.-]/g, '') || 'unknown';
	} catch {
		return 'unknown';
	}
}
