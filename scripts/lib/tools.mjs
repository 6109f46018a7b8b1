import { obtainBrowser } from './browser.mjs';
import { installDependencies } from './dependencies.mjs';
import { obtainMongod } from './obtainMongod.mjs';
import { productNode } from './runtime.mjs';
import { mediasoupWorker } from './worker.mjs';

/**
 * What is obtained once per machine. Each is a promise, so that whatever needs only one of them need not
 * wait for the others (the worker may take minutes).
 * @typedef {object} Tools
 * @property {string} node path of the Node that runs the product
 * @property {Promise<void>} installed the packages are there
 * @property {Promise<string | undefined>} worker path of mediasoup's worker
 * @property {Promise<string | undefined>} mongod path
 * @property {Promise<string | undefined>} browser path
 *
 * @param {object} options
 * @param {string} options.root
 * @param {import('./progress.mjs').Progress} options.progress
 * @param {boolean} [options.needsWorker]
 * @param {boolean} [options.needsMongod]
 * @param {boolean} [options.needsBrowser]
 * @returns {Promise<Tools>} as soon as the runtime is settled
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
	const pending = {
		worker: needsWorker
			? progress.step('worker', 'Media worker (mediasoup)', (step) => mediasoupWorker(place, step))
			: Promise.resolve(undefined),
		mongod: needsMongod
			? progress.step('mongod', 'MongoDB program', obtainMongod)
			: Promise.resolve(undefined),
		browser: needsBrowser ? progress.step('browser', 'Chromium', obtainBrowser) : Promise.resolve(undefined),
		installed: progress.step('dependencies', 'Packages', (step) => installDependencies(place, step)),
	};
	// A failure is reported where the tool is awaited; until then it must not end the process.
	for (const promise of Object.values(pending)) promise.catch(() => undefined);
	return { node, ...pending };
}
