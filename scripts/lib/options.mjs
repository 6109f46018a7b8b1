import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { StartProblem } from './startProblem.mjs';

export const help = `Counter Hub (专窗通)

  npm start                       everything on this machine, for this machine
  npm start -- --host <name>      for other machines too: <name> is the name or address that they use
  npm start -- --hubs <n>         with 1 to 4 hubs behind one address, for trying (see “Several hubs” in the README)
  npm start -- --nodes <n>        with 1 to 9 media nodes, each of a city, for trying (see “A node for each city”)
  npm start -- --empty            without demo data, with a first administrator
  npm start -- --json             one JSON object per line; the last has "ready":true
  npm start -- --help             this text

Environment:
  PORT               port of the page (default 3000; 0 = free ports for all)
  MEDIA_SIGNAL_PORT  port on which browsers reach the media node (default PORT + 1, or the next free one)
  MEDIA_PORT         first of one port per media worker and one spare, UDP and TCP alike
                     (default 40000, or the next free ones)
  WORKERS            media workers (default: one per processor core)
  HOST               same as --host
  DATA_DIR           where data, secrets and logs are kept (default .data)
  MONGODB_URL        a MongoDB replica set of yours, with credentials, in place of the starter's own
  MONGOD_BIN, MEDIASOUP_WORKER_BIN   programs of yours, in place of those that the starter obtains
  XDG_CACHE_HOME     where those are kept (default ~/.cache, folder counter-hub)

Other machines and certificates: browsers give a camera only to pages from a secure origin. So with
--host, the page and the media node are served by https, with certificates from an authority of this
installation. Import its certificate once into each browser:
  the file          <DATA_DIR>/ca/ca.crt (by a USB stick or a file share; it holds no secret)
  Chrome, Edge      Settings > Privacy and security > Security > Manage certificates > Custom > Import
  Firefox           Settings > Privacy & Security > Certificates > View > Authorities > Import
  Windows, for all  certutil -addstore -f Root ca.crt
Keep <DATA_DIR>/ca/ca.key to yourself.
`;

/**
 * @typedef {object} Options
 * @property {boolean} json
 * @property {boolean} empty
 * @property {boolean} help
 * @property {number} hubs
 * @property {number} nodes media nodes; several are of a city each
 * @property {string} host bound and announced
 * @property {boolean} freePorts
 * @property {{ hub: number, signal: number, media: number }} ports 0 = a free one
 * @property {{ signal: boolean, media: boolean }} follow ports that nobody named and that make way for what is there
 * @property {number} workers
 * @property {string} dataDir
 * @property {string | undefined} mongodbUrl
 *
 * @param {string[]} argv
 * @param {NodeJS.ProcessEnv} env
 * @param {string} root
 * @returns {Options}
 * @throws {StartProblem}
 */
export function readOptions(argv, env, root) {
	let values;
	try {
		({ values } = parseArgs({
			args: argv,
			options: {
				json: { type: 'boolean', default: false },
				empty: { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
				host: { type: 'string' },
				hubs: { type: 'string' },
				nodes: { type: 'string' },
			},
		}));
	} catch (error) {
		throw new StartProblem(error instanceof Error ? error.message : String(error), 'See npm start -- --help');
	}
	const hub = port(env, 'PORT', 3000);
	const freePorts = hub === 0;
	const nodes = number({ '--nodes': values.nodes }, '--nodes', 1, 1, 9);
	const mongodbUrl = env.MONGODB_URL || undefined;
	if (mongodbUrl && !/^mongodb(\+srv)?:\/\//.test(mongodbUrl)) {
		throw new StartProblem(
			'MONGODB_URL does not begin with mongodb:// or mongodb+srv://',
			'Correct or unset it.',
		);
	}
	return {
		json: values.json,
		empty: values.empty,
		help: values.help,
		hubs: number({ '--hubs': values.hubs }, '--hubs', 1, 1, 4),
		nodes,
		host: values.host || env.HOST || '127.0.0.1',
		freePorts,
		ports: {
			hub,
			signal: port(env, 'MEDIA_SIGNAL_PORT', freePorts ? 0 : Math.min(hub + 1, 65_535)),
			media: port(env, 'MEDIA_PORT', freePorts ? 0 : 40000),
		},
		follow: { signal: !env.MEDIA_SIGNAL_PORT, media: !env.MEDIA_PORT },
		// Of several nodes on one machine each gets its share.
		workers: number(env, 'WORKERS', Math.max(1, Math.floor(availableParallelism() / nodes)), 1, 256),
		dataDir: resolve(root, env.DATA_DIR || '.data'),
		mongodbUrl,
	};
}

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {number} otherwise */
function port(env, name, otherwise) {
	return number(env, name, otherwise, 0, 65_535);
}

/** @param {NodeJS.ProcessEnv} env @param {string} name @param {number} otherwise @param {number} least @param {number} most */
function number(env, name, otherwise, least, most) {
	const text = env[name];
	if (!text) return otherwise;
	const value = Number(text);
	if (Number.isInteger(value) && value >= least && value <= most) return value;
	throw new StartProblem(
		`${name} is “${text}”`,
		`Give a whole number from ${least} to ${most}, or unset it.`,
	);
}
