import { installDependencies } from './dependencies.mjs';
import { obtainMongod } from './obtainMongod.mjs';
import { productNode } from './runtime.mjs';
import { mediasoupWorker } from './worker.mjs';

/**
 * Settles everything that is obtained once per machine, side by side where it can be.
 * @param {{ root: string, progress: import('./progress.mjs').Progress, needsMongod: boolean }} options
 * @returns {Promise<{ node: string, worker: string, mongod: string | undefined }>} paths of programs
 */
export async function obtainTools({ root, progress, needsMongod }) {
	const node = await progress.step('runtime', 'Node runtime', productNode);
	const place = { root, node };
	const [worker, mongod] = await Promise.all([
		progress.step('worker', 'Media worker (mediasoup)', (step) => mediasoupWorker(place, step)),
		needsMongod ? progress.step('mongod', 'MongoDB program', obtainMongod) : undefined,
		progress.step('dependencies', 'Packages', (step) => installDependencies(place, step)),
	]);
	return { node, worker, mongod };
}
