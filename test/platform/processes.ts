import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { cityKey } from '@counter-hub/hub-server/features/media-nodes/cityKeys.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { eventually } from './eventually.ts';
import { freePortRow } from '../../scripts/lib/ports.mjs';
import { openShift } from './openShift.ts';
import { databaseUrl, startMongod, type TestMongod } from './mongod.ts';
import { TestHub } from './newHub.ts';
import { TestClient } from './TestClient.ts';

const HOST = '127.0.0.1';
/** What a hub, or a proxy before one, says when it is up. */
const hubReady = z.object({ ready: z.literal(true), url: z.url() });
const nodeReady = z.object({ ready: z.literal(true), signalUrl: z.url(), rtcPorts: z.array(z.int()) });

// Whatever happens to the test run, no server outlives it.
const alive = new Set<ChildProcess>();
process.on('exit', () => {
	for (const child of alive) child.kill('SIGKILL');
});

/** A server of the product as a process of its own, which may be killed and started again on the same ports. */
class ServerProcess<R> {
	readonly #main: string;
	readonly #env: Record<string, string>;
	readonly #readyLine: z.ZodType<R>;
	#child: ChildProcess | undefined;
	#ready: R | undefined;
	/** Everything that it logged, over all its lives. */
	readonly log: string[] = [];

	constructor(main: string, env: Record<string, string>, readyLine: z.ZodType<R>) {
		this.#main = resolve(import.meta.dirname, '../..', main);
		this.#env = env;
		this.#readyLine = readyLine;
	}

	get pid(): number {
		const pid = this.#child?.pid;
		if (pid === undefined || !this.isRunning) throw new Error(`${this.#main} does not run`);
		return pid;
	}

	get isRunning(): boolean {
		return this.#child?.exitCode === null && this.#child.signalCode === null;
	}

	/** What it said when it was up. */
	get ready(): R {
		if (this.#ready === undefined) throw new Error(`${this.#main} was never ready`);
		return this.#ready;
	}

	/** Resolves when it says that it is ready; throws with the end of its log if it stops before that. */
	async start(): Promise<this> {
		const child = spawn(process.execPath, [this.#main], {
			env: { ...process.env, STOP_ON_STDIN_END: '1', LOG_LEVEL: 'warn', ...this.#env },
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		this.#child = child;
		alive.add(child);
		child.stdin.on('error', () => undefined);
		createInterface({ input: child.stderr }).on('line', (line) => this.log.push(line));
		const said = Promise.withResolvers<R>();
		createInterface({ input: child.stdout }).on('line', (line) => {
			said.resolve(this.#readyLine.parse(JSON.parse(line)));
		});
		child.once('exit', (code) => {
			alive.delete(child);
			said.reject(new Error(`${this.#main} ended with ${String(code)}:\n${this.log.slice(-20).join('\n')}`));
		});
		this.#ready = await said.promise;
		return this;
	}

	/** Stands still for so long, as a machine that swaps does, and goes on. */
	async freeze(ms: number): Promise<void> {
		const { pid } = this;
		process.kill(pid, 'SIGSTOP');
		await pause(ms);
		if (this.isRunning) process.kill(pid, 'SIGCONT');
	}

	/** Sends the signal and waits for the end. Returns the exit code; null after `SIGKILL`. */
	async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
		const child = this.#child;
		if (!child || !this.isRunning) return child?.exitCode ?? null;
		const exited = once(child, 'exit');
		child.kill(signal);
		await exited;
		return child.exitCode;
	}
}

export type HubProcess = ServerProcess<z.infer<typeof hubReady>>;
export type NodeProcess = ServerProcess<z.infer<typeof nodeReady>>;

export interface ProcessesOptions {
	hubs?: number;
	/** Whether media nodes run. Default true. */
	media?: boolean;
	/** How many of them. Default 1. */
	nodes?: number;
	/** Cities of the nodes, by their number; default anybody's. */
	cities?: readonly CityCode[];
	/** Where other nodes find a node whose own address is given; default there. */
	spanUrl?: (url: string) => Promise<string>;
	/** A mongod of the test's own, to be killed; otherwise a database on the run's. */
	ownMongod?: boolean;
	/** For the hubs, over the defaults. */
	hubEnv?: Record<string, string>;
	/** For one of the hubs, over those; by its number. */
	envOfHub?: (index: number, env: Record<string, string>) => Promise<Record<string, string>>;
	/** Where the media node finds the hubs, whose own addresses are given; default there. */
	hubUrls?: (urls: string[]) => string[] | Promise<string[]>;
}

/** The product as separate processes on one database. `registry` makes staff and looks into the database. */
export class Processes {
	readonly hubs: HubProcess[] = [];
	readonly registry: TestHub;
	readonly nodes: NodeProcess[] = [];
	mongod: TestMongod | undefined;

	private constructor(registry: TestHub, mongod: TestMongod | undefined) {
		this.registry = registry;
		this.mongod = mongod;
	}

	static async start(options: ProcessesOptions = {}) {
		const { media = true, ownMongod = false, hubEnv = {} } = options;
		const mongod = ownMongod ? await startMongod() : undefined;
		const mongodbUrl = mongod && databaseUrl(mongod.url, 'faults');
		const registry = await TestHub.create({
			serve: false,
			...(mongodbUrl !== undefined && { config: { mongodbUrl } }),
		});
		const processes = new Processes(registry, mongod);
		try {
			await processes.#openHubs(options, { ...(mongodbUrl && { MONGODB_URL: mongodbUrl }), ...hubEnv });
			for (let i = 0; media && i < (options.nodes ?? 1); i++) await processes.#openNode(options);
		} catch (error) {
			await processes.close();
			throw error;
		}
		return processes;
	}

	async #openHubs(
		{ hubs = 1, envOfHub = () => Promise.resolve({}) }: ProcessesOptions,
		hubEnv: Record<string, string>,
	): Promise<void> {
		for (let i = 0; i < hubs; i++) {
			const env = { ...this.registry.env, LOG_LEVEL: 'warn', ...hubEnv };
			const own = { ...env, ...(await envOfHub(i, env)), HOST, PORT: String(await freePortRow(1, HOST)) };
			this.hubs.push(new ServerProcess('hub-server/src/main.ts', own, hubReady));
			await this.hubs[i]?.start();
		}
	}

	async #openNode({ hubUrls = (urls) => urls, cities, spanUrl }: ProcessesOptions): Promise<void> {
		const { env } = this.registry;
		const city = cities?.[this.nodes.length];
		const port = String(await freePortRow(1, HOST));
		const span = await spanUrl?.(`http://${HOST}:${port}`);
		const publicKey = createPublicKey(env['MEDIA_GRANT_PRIVATE_KEY'] ?? '');
		const node = new ServerProcess(
			'media-server/src/main.ts',
			{
				NODE_ID: `media-${this.nodes.length + 1}`,
				HUB_URLS: (await hubUrls(this.hubs.map(({ ready }) => ready.url))).join(','),
				NODE_CREDENTIAL: env['NODE_CREDENTIAL'] ?? '',
				MEDIA_GRANT_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
				HOST,
				...(city !== undefined && {
					NODE_CITY: city,
					NODE_CITY_KEY: cityKey(env['MEDIA_GRANT_PRIVATE_KEY'] ?? '', city),
				}),
				...(span !== undefined && { SPAN_URL: span }),
				MEDIA_SIGNAL_PORT: port,
				MEDIA_PORT: String(await freePortRow(2, HOST)),
				WORKERS: '1',
			},
			nodeReady,
		);
		this.nodes.push(node);
		await node.start();
		await this.nodeRegistered(node);
	}

	get node(): NodeProcess | undefined {
		return this.nodes[0];
	}

	get hub(): HubProcess {
		const [hub] = this.hubs;
		if (!hub) throw new Error('there is no hub');
		return hub;
	}

	/** Kills a hub and starts it again on its port. Returns the exit code of the one before. */
	async restartHub(signal: NodeJS.Signals = 'SIGKILL', hub = this.hub): Promise<number | null> {
		const code = await hub.kill(signal);
		await hub.start();
		return code;
	}

	/** Kills mongod and starts it again on its data. */
	async restartMongod(): Promise<void> {
		const { mongod } = this;
		if (!mongod) throw new Error('the test has no mongod of its own');
		process.kill(mongod.pid, 'SIGKILL');
		await mongod.exited;
		this.mongod = await startMongod(mongod.folder);
	}

	/** Resolves when the media node is greeted by a hub. */
	async nodeRegistered(node = this.node): Promise<void> {
		const { signalUrl } = node?.ready ?? {};
		await eventually(async () => {
			const { ok } = await fetch(`${signalUrl ?? ''}/readyz`);
			if (!ok) throw new Error('the media node is not registered');
		});
	}

	/** Somebody who is not signed in, at an address of one's own, so that limits per address do not meet. */
	client(hub = this.hub): TestClient {
		const client = new TestClient(hub.ready.url);
		client.headers['x-forwarded-for'] = `10.0.${String(this.#clients >> 8)}.${String(this.#clients++ & 255)}`;
		return client;
	}
	#clients = 1;

	/** A new person, signed in. */
	/** Clerks and approvers have their shift open. */
	async signIn(...[role, city, more]: Parameters<TestHub['signIn']>): Promise<TestClient> {
		const onShift = role === 'clerk' || role === 'approver';
		const { name, password } = await this.registry.addStaff({ onShift, ...more, role, city });
		const client = this.client();
		await client.signIn(name, password);
		if (onShift) await openShift(client);
		return client;
	}

	async close(): Promise<void> {
		await Promise.all([...this.hubs, ...this.nodes].map((one) => one.kill()));
		await this.registry.close();
		await this.mongod?.remove();
	}
}

/** A reverse proxy before a hub, for the running test; the hub sees it at the address `from`. */
export async function newProxy(target: string, more: { from?: string; upgrade?: 'pass' | '400' } = {}) {
	const env = { TARGET: target, FROM: more.from ?? HOST, UPGRADE: more.upgrade ?? 'pass' };
	const proxy = await new ServerProcess('test/platform/reverseProxy.ts', env, hubReady).start();
	onTestFinished(async () => {
		await proxy.kill();
	});
	return proxy.ready.url;
}

/** Processes for the running test. */
export async function newProcesses(options: ProcessesOptions = {}): Promise<Processes> {
	const processes = await Processes.start(options);
	onTestFinished(() => processes.close());
	return processes;
}
