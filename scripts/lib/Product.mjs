import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificates } from './authority.mjs';
import { cacheRoot } from './cache.mjs';
import { Child } from './Child.mjs';
import { Database } from './Database.mjs';
import { seed } from './demoData.mjs';
import { environmentWith } from './runtime.mjs';
import { installationSecrets } from './secrets.mjs';
import { builtPage } from './webBuild.mjs';

const leashScript = fileURLToPath(new URL('leash.mjs', import.meta.url));

/** The running installation: database, hub and media node, each a process of its own. */
export class Product {
	#database;
	#hub;
	#node;
	#leash;

	/**
	 * @param {object} given
	 * @param {string} given.root
	 * @param {import('./options.mjs').Options} given.options
	 * @param {import('./addresses.mjs').Addresses} given.addresses
	 * @param {{ node: string, worker: string, mongod: string | undefined }} given.tools
	 * @param {import('./progress.mjs').Progress} given.progress
	 * @param {(text: string) => void} given.say told of deaths and restarts
	 */
	constructor({ root, options, addresses, tools, progress, say }) {
		Object.assign(this, { root, options, addresses, tools, progress, say });
		// Ends hub and node, in order, when the starter is killed.
		this.#leash = spawn(tools.node, [leashScript], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
		this.#leash.stdin.on('error', () => undefined);
	}

	/** @returns {Promise<{ url: string, signIns: import('./demoData.mjs').SignIn[], authority: string | undefined }>} */
	async start() {
		const { root, options, addresses, tools, progress } = this;
		const secrets = installationSecrets(join(options.dataDir, 'secrets'));
		const [mongodbUrl, webRoot, tls] = await Promise.all([
			this.#startDatabase(),
			progress.step('web', 'Web page', (step) => builtPage({ root, node: tools.node }, step)),
			addresses.isLoopback ? undefined : this.#certificates(),
		]);
		const env = this.#environments({ secrets, mongodbUrl, webRoot, tls });
		const stamp = options.mongodbUrl ? undefined : join(options.dataDir, 'mongod', 'first-data.json');
		const signIns = await progress.step('data', options.empty ? 'First administrator' : 'Demo data', (step) =>
			seed(
				{
					...{ root, node: tools.node, env: env.hub, stamp },
					empty: options.empty,
					randomPasswords: !addresses.isLoopback,
				},
				step,
			),
		);
		this.#hub = this.#child('hub', 'hub-server', env.hub);
		this.#node = this.#child('media node', 'media-server', env.node);
		const [hub] = await Promise.all([
			progress.step('hub', 'Hub', () => this.#hub.start()),
			progress.step('media-node', 'Media node', () => this.#node.start()),
		]);
		return { url: env.hub.PUBLIC_URL ?? hub.url, signIns, authority: tls?.authority };
	}

	/** Hub, media node, then the database. */
	async stop() {
		await this.#hub?.stop();
		await this.#node?.stop();
		await this.#database?.stop();
		this.#leash.stdin.end();
	}

	async #startDatabase() {
		const { options, tools, progress } = this;
		if (options.mongodbUrl) return options.mongodbUrl;
		this.#database = new Database(
			{ binary: tools.mongod, folder: join(options.dataDir, 'mongod'), node: tools.node },
			this.say,
		);
		return progress.step('database', 'Database', () => this.#database.start());
	}

	#certificates() {
		const { bind, announced, local } = this.addresses;
		const names = [...new Set([announced, local, bind, 'localhost', '127.0.0.1'])];
		return certificates(
			join(this.options.dataDir, 'ca'),
			names.filter((name) => name !== '0.0.0.0' && name !== '::'),
		);
	}

	/** @param {{ secrets: Record<string, string>, mongodbUrl: string, webRoot: string, tls?: { authority: string, cert: string, key: string } }} given */
	#environments({ secrets, mongodbUrl, webRoot, tls }) {
		const { bind, announced, local, ports } = this.addresses;
		const { MEDIA_GRANT_PUBLIC_KEY_FILE, NODE_CREDENTIAL_FILE, ...hubSecrets } = secrets;
		delete hubSecrets.MEDIA_GRANT_PUBLIC_KEY_FILE;
		const scheme = tls ? 'https' : 'http';
		const base = environmentWith(this.tools.node);
		const common = {
			...Object.fromEntries(Object.entries(base).filter(([name]) => !name.startsWith('npm_'))),
			NODE_ENV: 'production',
			NODE_COMPILE_CACHE: join(cacheRoot, 'compiled'),
			HOST: bind,
			NODE_CREDENTIAL_FILE,
			...(tls ? { TLS_CERT_FILE: tls.cert, TLS_KEY_FILE: tls.key } : {}),
		};
		return {
			hub: {
				...common,
				...hubSecrets,
				PORT: String(ports.hub),
				MONGODB_URL: mongodbUrl,
				WEB_ROOT: webRoot,
				...(tls ? { PUBLIC_URL: `${scheme}://${inUrl(announced)}:${ports.hub}` } : {}),
			},
			node: {
				...common,
				NODE_ID: 'node-1',
				HUB_URLS: `${scheme}://${inUrl(local)}:${ports.hub}`,
				ANNOUNCED_HOST: announced,
				MEDIA_SIGNAL_PORT: String(ports.signal),
				MEDIA_PORT: String(ports.media),
				WORKERS: String(this.options.workers),
				MEDIA_GRANT_PUBLIC_KEY_FILE,
				MEDIASOUP_WORKER_BIN: this.tools.worker,
				...(tls ? { HUB_CA_FILE: tls.authority } : {}),
			},
		};
	}

	/** @param {string} name @param {string} folder @param {NodeJS.ProcessEnv} env */
	#child(name, folder, env) {
		return new Child({
			name,
			node: this.tools.node,
			script: join(this.root, folder, 'src', 'main.ts'),
			cwd: this.root,
			env,
			log: join(this.options.dataDir, 'logs', `${folder}.log`),
			started: (pid) => {
				writeFileSync(join(this.options.dataDir, 'run', `${folder}.pid`), `${pid}\n`);
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

/** @param {string} host */
function inUrl(host) {
	return host.includes(':') ? `[${host}]` : host;
}
