import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificates } from './authority.mjs';
import { cacheRoot } from './cache.mjs';
import { Child } from './Child.mjs';
import { Database } from './Database.mjs';
import { loadedBefore, seed } from './demoData.mjs';
import { environmentWith } from './runtime.mjs';
import { settledUrl } from './mongod.mjs';
import { becomesReady } from './readiness.mjs';
import { cityKeyFile, installationSecrets } from './secrets.mjs';
import { StartProblem } from './startProblem.mjs';
import { builtPage } from './webBuild.mjs';

const leashScript = fileURLToPath(new URL('leash.mjs', import.meta.url));

/** @typedef {{ authority: string, cert: string, key: string }} Certificate paths of PEM files */

/** Cities of the demo in the order in which they get a media node of their own (GB/T 2260). */
const NODE_CITIES = [
	'310117',
	'330100',
	'320500',
	'330400',
	'330700',
	'330500',
	'341800',
	'340200',
	'340100',
];

/** The running installation: database, hub and media node, each a process of its own. */
export class Product {
	#database;
	#hubs = [];
	#balancer;
	#nodes = [];
	#leash;
	#stopping = false;

	/**
	 * @param {object} given
	 * @param {string} given.root
	 * @param {import('./options.mjs').Options} given.options
	 * @param {import('./addresses.mjs').Addresses} given.addresses
	 * @param {import('./tools.mjs').Tools} given.tools
	 * @param {import('./progress.mjs').Progress} given.progress
	 * @param {(text: string) => void} given.say told of deaths and restarts
	 */
	constructor({ root, options, addresses, tools, progress, say }) {
		Object.assign(this, { root, options, addresses, tools, progress, say });
		// Ends hub and node, in order, when the starter is killed.
		this.#leash = spawn(tools.node, [leashScript], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
		this.#leash.stdin.on('error', () => undefined);
	}

	/**
	 * Starts each part as soon as what it needs is there.
	 * @returns {Promise<{ url: string, signIns: import('./demoData.mjs').SignIn[], authority: string | undefined }>}
	 */
	async start() {
		const { root, options, addresses, tools, progress } = this;
		const loaded = loadedBefore(this.#firstData());
		const secrets = installationSecrets(join(options.dataDir, 'secrets'));
		const tls = addresses.isLoopback
			? Promise.resolve(undefined)
			: tools.installed.then(() => this.#certificates());
		const page = tools.installed.then(() =>
			progress.step('web', 'Web page', (step) => builtPage({ root, node: tools.node }, step)),
		);
		const database = tools.installed.then(() => this.#startDatabase());
		const data = loaded
			? this.#dataStep(async (step) => {
					step.skip('loaded');
					return loaded;
				})
			: Promise.all([database, tls]).then(([mongodbUrl, certificate]) =>
					this.#seed(this.#hubEnvironment({ secrets, mongodbUrl, tls: certificate })),
				);
		const hub = Promise.all([tls, page, data]).then(([certificate, webRoot]) => {
			const startAt = (/** @type {string} */ mongodbUrl) =>
				this.#startHubs({ secrets, mongodbUrl, webRoot, tls: certificate });
			// Hub and database come up side by side where it is known beforehand how to reach it.
			const known = loaded && settledUrl(this.#databaseFolder);
			return known ? startAt(known).catch(() => database.then(startAt)) : database.then(startAt);
		});
		const mediaNode = Promise.all([tools.worker, tls, page]).then(([worker, certificate]) =>
			Promise.all(
				addresses.nodes.map((_, i) =>
					this.#startNode(i, this.#nodeEnvironment(i, { secrets, worker, tls: certificate })),
				),
			),
		);
		const [url, signIns, certificate] = await Promise.all([hub, data, tls, mediaNode, database]);
		await progress.step('registration', 'Media node at the hub', () => this.#registered(certificate));
		return { url, signIns, authority: certificate?.authority };
	}

	/** Hubs, media node, then the database. */
	async stop() {
		this.#stopping = true;
		await this.#balancer?.stop();
		await Promise.all(this.#hubs.map((hub) => hub.stop()));
		await Promise.all(this.#nodes.map((node) => node.stop()));
		await this.#database?.stop();
		this.#leash.stdin.end();
	}

	async #startDatabase() {
		const { options, tools, progress } = this;
		if (options.mongodbUrl) return options.mongodbUrl;
		const binary = await tools.mongod;
		const folder = this.#databaseFolder;
		if (this.#stopping) return never();
		this.#database = new Database({ binary, folder, node: tools.node }, this.say);
		return progress.step('database', 'Database', () => this.#database.start());
	}

	get #databaseFolder() {
		return join(this.options.dataDir, 'mongod');
	}

	/** What the database is filled with at first. */
	#firstData() {
		const { root, options, addresses } = this;
		return {
			root,
			empty: options.empty,
			randomPasswords: !addresses.isLoopback,
			isOwn: !options.mongodbUrl,
			stamp: options.mongodbUrl
				? join(options.dataDir, `first-data-${digest(options.mongodbUrl)}.json`)
				: join(this.#databaseFolder, 'first-data.json'),
		};
	}

	/** @param {NodeJS.ProcessEnv} env */
	#seed(env) {
		return this.#dataStep((step) => seed({ ...this.#firstData(), node: this.tools.node, env }, step));
	}

	/** @param {(step: { skip: (result: string) => void, result: string }) => Promise<import('./demoData.mjs').SignIn[]>} work */
	#dataStep(work) {
		return this.progress.step('data', this.options.empty ? 'First administrator' : 'Demo data', work);
	}

	/** @param {{ secrets: Record<string, string>, mongodbUrl: string, webRoot: string, tls?: Certificate }} given */
	async #startHubs(given) {
		if (this.#stopping) return never();
		const env = this.#hubEnvironment(given);
		if (this.options.hubs === 1) {
			const { url } = await this.#startHub('hub', 'Hub', env);
			return env.PUBLIC_URL ?? url;
		}
		const { bind, announced, hubs } = this.addresses;
		const publicUrl = env.PUBLIC_URL ?? `http://${inUrl(announced)}:${env.PORT}`;
		await Promise.all(
			hubs.map((port, i) =>
				this.#startHub(`hub-${i + 1}`, `Hub ${i + 1}`, {
					...env,
					// The balancer speaks TLS, and plain HTTP to them.
					TLS_CERT_FILE: undefined,
					TLS_KEY_FILE: undefined,
					HOST: '127.0.0.1',
					PORT: String(port),
					PUBLIC_URL: publicUrl,
					TRUST_PROXY: 'loopback',
				}),
			),
		);
		const balancerEnv = {
			...this.#commonEnvironment(given.tls),
			HOST: bind,
			PORT: env.PORT,
			BACKENDS: this.#hubUrls(given.tls).join(','),
		};
		const balancer = this.#child('balancer', join('scripts', 'balancer.mjs'), balancerEnv);
		this.#balancer = balancer;
		await this.progress.step('balancer', 'Balancer', () => balancer.start());
		return publicUrl;
	}

	/** @param {string} name @param {string} title @param {NodeJS.ProcessEnv} env */
	#startHub(name, title, env) {
		const hub = this.#child(name, join('hub-server', 'src', 'main.ts'), env);
		this.#hubs.push(hub);
		return this.progress.step(name, title, () => hub.start());
	}

	/** Where processes of this machine reach the hubs: the balancer itself would hide all but one. @param {Certificate | undefined} tls */
	#hubUrls(tls) {
		const { local, ports, hubs } = this.addresses;
		if (this.options.hubs > 1) return hubs.map((port) => `http://127.0.0.1:${port}`);
		return [`${tls ? 'https' : 'http'}://${inUrl(local)}:${ports.hub}`];
	}

	/** @param {number} i @param {NodeJS.ProcessEnv} env */
	#startNode(i, env) {
		if (this.#stopping) return never();
		const number = i === 0 ? '' : `-${i + 1}`;
		const name = i === 0 ? 'media node' : `media-server${number}`;
		const node = this.#child(name, join('media-server', 'src', 'main.ts'), env);
		this.#nodes.push(node);
		const title = i === 0 ? 'Media node' : `Media node ${i + 1}`;
		return this.progress.step(`media-node${number}`, title, () => node.start());
	}

	/** @param {Certificate | undefined} tls */
	async #registered(tls) {
		const { local, nodes } = this.addresses;
		const ready = nodes.map(({ signal }) =>
			becomesReady(`${tls ? 'https' : 'http'}://${inUrl(local)}:${signal}/readyz`, {
				authority: tls?.authority,
				limitMs: 20_000,
			}),
		);
		if ((await Promise.all(ready)).every(Boolean)) return;
		throw new StartProblem(
			'The media node does not get through to the hub.',
			`What it says is in ${join(this.options.dataDir, 'logs', 'media-server.log')}.`,
		);
	}

	#certificates() {
		const { bind, announced, local } = this.addresses;
		const names = [...new Set([announced, local, bind, 'localhost', '127.0.0.1'])];
		return certificates(
			join(this.options.dataDir, 'ca'),
			names.filter((name) => name !== '0.0.0.0' && name !== '::'),
		);
	}

	/** @param {{ secrets: Record<string, string>, mongodbUrl: string, webRoot?: string, tls?: Certificate }} given */
	#hubEnvironment({ secrets, mongodbUrl, webRoot, tls }) {
		const { announced, ports } = this.addresses;
		return {
			...this.#commonEnvironment(tls),
			...secrets,
			PORT: String(ports.hub),
			MONGODB_URL: mongodbUrl,
			...(webRoot ? { WEB_ROOT: webRoot } : {}),
			...(tls ? { PUBLIC_URL: `https://${inUrl(announced)}:${ports.hub}` } : {}),
		};
	}

	/** @param {number} i @param {{ secrets: Record<string, string>, worker: string, tls?: Certificate }} given */
	#nodeEnvironment(i, { secrets, worker, tls }) {
		const { announced, nodes } = this.addresses;
		const { signal, media } = nodes[i];
		const city = NODE_CITIES[i];
		const { NODE_CREDENTIAL_FILE, MEDIA_GRANT_PUBLIC_KEY_FILE } = secrets;
		return {
			...this.#commonEnvironment(tls),
			...{ NODE_CREDENTIAL_FILE, MEDIA_GRANT_PUBLIC_KEY_FILE },
			NODE_ID: `node-${i + 1}`,
			...(nodes.length > 1 && city
				? { NODE_CITY: city, NODE_CITY_KEY_FILE: cityKeyFile(secrets, city) }
				: {}),
			HUB_URLS: this.#hubUrls(tls).join(','),
			ANNOUNCED_HOST: announced,
			MEDIA_SIGNAL_PORT: String(signal),
			MEDIA_PORT: String(media),
			WORKERS: String(this.options.workers),
			MEDIASOUP_WORKER_BIN: worker,
			...(tls ? { HUB_CA_FILE: tls.authority } : {}),
		};
	}

	/** @param {Certificate | undefined} tls */
	#commonEnvironment(tls) {
		const inherited = Object.entries(environmentWith(this.tools.node)).filter(
			([name]) => !name.startsWith('npm_'),
		);
		return {
			...Object.fromEntries(inherited),
			NODE_ENV: 'production',
			NODE_COMPILE_CACHE: join(cacheRoot, 'compiled'),
			HOST: this.addresses.bind,
			...(tls ? { TLS_CERT_FILE: tls.cert, TLS_KEY_FILE: tls.key } : {}),
		};
	}

	/** @param {string} name @param {string} script in the root @param {NodeJS.ProcessEnv} env */
	#child(name, script, env) {
		const file = fileNames[name] ?? name;
		return new Child({
			name,
			node: this.tools.node,
			script: join(this.root, script),
			cwd: this.root,
			env,
			log: join(this.options.dataDir, 'logs', `${file}.log`),
			started: (pid) => {
				writeFileSync(join(this.options.dataDir, 'run', `${file}.pid`), `${pid}\n`);
				this.#leash.stdin.write(`hold ${pid}\n`);
				this.#database?.hold(pid);
			},
			ended: (pid, how, stopping) => {
				this.#leash.stdin.write(`drop ${pid}\n`);
				this.#database?.drop(pid);
				if (!stopping) this.say(`The ${name} ${how}; starting it again.`);
			},
		});
	}
}

/** How logs and pid files are called where not as the process. @type {Record<string, string>} */
const fileNames = { hub: 'hub-server', 'media node': 'media-server' };

/** Tells databases apart without keeping their credentials. @param {string} url */
function digest(url) {
	return createHash('sha256').update(url).digest('hex').slice(0, 12);
}

/** @param {string} host */
function inUrl(host) {
	return host.includes(':') ? `[${host}]` : host;
}

/** For what begins while everything is being stopped: it must neither go on nor fail. */
function never() {
	return new Promise(() => undefined);
}
