import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { inject } from 'vitest';
import { z } from 'zod';

declare module 'vitest' {
	export interface ProvidedContext {
		/** A folder of the run in which a first start's data are kept. */
		plantedData: string;
	}
}

const ready = z.object({
	ready: z.literal(true),
	url: z.url(),
	signIns: z.array(z.object({ city: z.string(), role: z.string(), name: z.string(), password: z.string() })),
});
export type SignIn = z.infer<typeof ready>['signIns'][number];

const START_LIMIT_MS = 300_000;
const root = resolve(import.meta.dirname, '../..');
/** Those that run, by their starters. */
const running = new Map<ChildProcess, string>();

/** The whole product as `npm start` runs it, on free ports and a data folder of its own. */
export class Product {
	readonly url: string;
	readonly signIns: readonly SignIn[];
	readonly starter: ChildProcess;
	readonly #dataDir: string;

	private constructor(starter: ChildProcess, dataDir: string, { url, signIns }: z.infer<typeof ready>) {
		this.starter = starter;
		this.#dataDir = dataDir;
		this.url = url;
		this.signIns = signIns;
	}

	/** With more in its environment, and with options as on the command line (`--hubs 2`). */
	static async start(env: Record<string, string> = {}, options: string[] = []): Promise<Product> {
		const dataDir = await newFolder();
		await copyFolder(await plantedDemo(), dataDir);
		return await Product.#launch(dataDir, env, options);
	}

	/** A first start, which plants the demo; needs no test that runs. */
	static async startFirst(dataDir?: string): Promise<Product> {
		return await Product.#launch(dataDir ?? (await newFolder()), {}, []);
	}

	static async #launch(dataDir: string, env: Record<string, string>, options: string[]): Promise<Product> {
		const starter = spawn(process.execPath, [join(root, 'scripts/start.mjs'), '--json', ...options], {
			cwd: root,
			env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', ...env },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		running.set(starter, dataDir);
		const timer = setTimeout(() => starter.kill('SIGTERM'), START_LIMIT_MS);
		let last = '';
		for await (const line of createInterface({ input: starter.stdout })) {
			last = line;
			const said = ready.safeParse(JSON.parse(line));
			if (!said.success) continue;
			clearTimeout(timer);
			return new Product(starter, dataDir, said.data);
		}
		clearTimeout(timer);
		throw new Error(`the product did not start: ${last}`);
	}

	/** The demo sign-in of a role in a city, by its Chinese name. */
	signIn(city: string, role: SignIn['role']): SignIn {
		const found = this.signIns.find((one) => one.city === city && one.role === role);
		if (!found) throw new Error(`no demo sign-in of a ${role} in ${city}`);
		return found;
	}

	/** Pids of the processes below the starter whose command line contains the text. */
	async pids(text: string): Promise<number[]> {
		const found: number[] = [];
		for (const { pid, command } of await this.#descendants()) if (command.includes(text)) found.push(pid);
		return found;
	}

	/** `kill -9` of every process below the starter whose command line contains the text. Returns the pids. */
	async kill(text: string): Promise<number[]> {
		const pids = await this.pids(text);
		if (pids.length === 0) throw new Error(`no process of the product is called ${text}`);
		for (const pid of pids) process.kill(pid, 'SIGKILL');
		return pids;
	}

	/** What Ctrl-C does. Returns the processes that are left; a worker ends a moment after the node whose pipe it reads. */
	async interrupt(): Promise<number[]> {
		const before = await this.#descendants();
		const exited = once(this.starter, 'exit');
		this.starter.kill('SIGINT');
		await exited;
		for (let tries = 1; ; tries++) {
			const left = await alive(before);
			if (left.length === 0 || tries === 50) return left;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	async stop(): Promise<void> {
		await stop(this.starter);
		await rm(this.#dataDir, { recursive: true, force: true });
	}

	async #descendants(): Promise<{ pid: number; command: string }[]> {
		const all = await Promise.all(
			(await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map((name) => readProcess(Number(name))),
		);
		const processes = all.filter((one) => one !== undefined);
		const below = new Set([this.starter.pid]);
		for (let size = 0; size !== below.size;) {
			size = below.size;
			for (const { pid, parent } of processes) if (below.has(parent)) below.add(pid);
		}
		return processes.filter(({ pid }) => below.has(pid) && pid !== this.starter.pid);
	}
}

/**
 * The data of a first start, as it leaves them: each product of the run begins with a copy, as a second start does, in
 * place of planting the demo once more.
 */
async function plantedDemo(): Promise<string> {
	const demo = join(inject('plantedData'), 'demo');
	if (existsSync(demo)) return demo;
	const dataDir = await mkdtemp(join(inject('plantedData'), 'making-'));
	const product = await Product.startFirst(dataDir);
	await stop(product.starter);
	await rename(dataDir, demo);
	return demo;
}

const newFolder = () => mkdtemp(join(tmpdir(), 'counter-hub-e2e-'));

/** The database's files are mostly room for what is to come. */
const copyFolder = (from: string, to: string) =>
	promisify(execFile)('cp', ['--archive', '--sparse=always', `${from}/.`, to]);

/** Ends what a file of tests has left running: one that failed before it had its product in hand. */
export async function stopProducts(): Promise<void> {
	for (const [starter, dataDir] of running) {
		await stop(starter);
		await rm(dataDir, { recursive: true, force: true });
	}
}

async function stop(starter: ChildProcess): Promise<void> {
	if (starter.exitCode === null && starter.signalCode === null) {
		const exited = once(starter, 'exit');
		starter.kill('SIGTERM');
		await exited;
	}
	running.delete(starter);
}

async function readProcess(pid: number) {
	try {
		const [stat, command] = await Promise.all([
			readFile(`/proc/${pid}/stat`, 'utf8'),
			readFile(`/proc/${pid}/cmdline`, 'utf8'),
		]);
		const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
		return { pid, parent, command: command.replaceAll('\0', ' ') };
	} catch {
		return undefined;
	}
}

/** Those that are still the processes they were, and no zombies. */
async function alive(processes: readonly { pid: number; command: string }[]): Promise<number[]> {
	const now = await Promise.all(processes.map(({ pid }) => readProcess(pid)));
	return processes
		.filter(({ command }, i) => command !== '' && now[i]?.command === command)
		.map(({ pid }) => pid);
}
