import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** @param {string} name of a program @returns {string | undefined} where the path has it */
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
