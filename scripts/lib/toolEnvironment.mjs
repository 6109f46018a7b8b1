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
 * @param {{ node: string, worker?: string, mongod?: string, browser?: string }} tools
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment({ node, worker, mongod, browser }) {
	const env = environmentWith(node);
	for (const name of startSettings) delete env[name];
	return {
		...env,
		...(worker ? { MEDIASOUP_WORKER_BIN: worker } : {}),
		...(mongod ? { MONGOD_BIN: mongod } : {}),
		...(browser ? { CHROMIUM_BIN: browser } : {}),
	};
}
