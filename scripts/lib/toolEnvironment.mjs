import { environmentWith } from './runtime.mjs';

/** A person's settings for `npm start`, which tests and benches must not take over. */
const startSettings = [
	'PORT',
	'MEDIA_SIGNAL_PORT',
	'MEDIA_PORT',
	'HOST',
	'DATA_DIR',
	'MONGODB_URL',
	'WORKERS',
];

/**
 * The environment of tests, benches and pictures: the obtained programs, and none of the settings of a start.
 * @param {import('./tools.mjs').Tools} tools waits for all of them
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function toolEnvironment(tools) {
	const [worker, mongod, browser] = await Promise.all([
		tools.worker,
		tools.mongod,
		tools.browser,
		tools.installed,
	]);
	const env = environmentWith(tools.node);
	for (const name of startSettings) delete env[name];
	return {
		...env,
		...(worker ? { MEDIASOUP_WORKER_BIN: worker } : {}),
		...(mongod ? { MONGOD_BIN: mongod } : {}),
		...(browser ? { CHROMIUM_BIN: browser } : {}),
	};
}
