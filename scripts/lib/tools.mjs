import { obtainBrowser } from './browser.mjs';
import { installDependencies } from './dependencies.mjs';
import { obtainMongod } from './obtainMongod.mjs';
import { productNode } from './runtime.mjs';
import { mediasoupWorker } from './worker.mjs';

/**
 * Settles everything that is obtained once per machine, side by side where it can be.
 * @param {object} options
 * @param {string} options.root
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {boolean} [options.needsWorker]
 * @param {boolean} [options.needsMongod]
 * @param {boolean} [options.needsBrowser]
 * @returns {Promise<{ node: string, worker?: string, mongod?: string, browser?: string }>} paths of programs
 */
export async function obtainTools({
	root,
	progress,
	needsWorker = true,
	needsMongod = true,
	needsBrowser = false,
}) {
	const node = await progress.step('runtime', 'Node runtime', productNode);
	const place = { root, node };
	const [worker, mongod, browser] = await Promise.all([
		needsWorker
			? progress.step('worker', 'Media worker (mediasoup)', (step) => mediasoupWorker(place, step))
			: undefined,
		needsMongod ? progress.step('mongod', 'MongoDB program', obtainMongod) : undefined,
		needsBrowser ? progress.step('browser', 'Chromium', obtainBrowser) : undefined,
		progress.step('dependencies', 'Packages', (step) => installDependencies(place, step)),
	]);
	return { node, worker, mongod, browser };
}
