import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { signIns, type SignIns } from './CallPair.ts';
import { startNode, type Running } from './processes.ts';

const script = resolve(import.meta.dirname, '../../../scripts/start.mjs');
/** A first start may build the page. */
const FIRST_START_MS = 280_000;

/** The whole product as `npm start` runs it, on free ports and with a data folder of its own. */
export class Installation {
	readonly dataDir: string;
	private running: Running | undefined;

	private constructor(dataDir: string) {
		this.dataDir = dataDir;
	}

	static async create(): Promise<Installation> {
		return new Installation(await mkdtemp(join(tmpdir(), 'bench-data-')));
	}

	/** Resolves when it says that it is ready. `given`: what else its environment says; `options` as on the command line. */
	async start(
		given: Record<string, string> = {},
		options: readonly string[] = [],
	): Promise<{ url: string; signIns: SignIns }> {
		const env = { PORT: '0', DATA_DIR: this.dataDir, ...given };
		this.running = await startNode({ args: [script, '--json', ...options], env, limitMs: FIRST_START_MS });
		const { ready } = this.running;
		return { url: String(ready.url), signIns: signIns.parse(ready.signIns) };
	}

	/** The starter, parent of all servers. */
	get pid(): number {
		if (!this.running) throw new Error('the product does not run');
		return this.running.pid;
	}

	/** The media node that runs now; another one after each restart. */
	get mediaNodePid(): number {
		return Number(readFileSync(join(this.dataDir, 'run', 'media-server.pid'), 'utf8'));
	}

	/** Orderly; the data stay. */
	async stop(): Promise<void> {
		await this.running?.stop('SIGTERM', 30_000);
		this.running = undefined;
	}

	async remove(): Promise<void> {
		await this.stop();
		await rm(this.dataDir, { recursive: true, force: true });
	}
}
