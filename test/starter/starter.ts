import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

const readyLine = z.object({
	ready: z.literal(true),
	url: z.url(),
	signIns: z.array(
		z.object({ city: z.string(), role: z.string(), name: z.string(), password: z.string().nullable() }),
	),
});

/** A starter that runs as a process of its own, as `npm start -- --json` does. */
export interface Starter {
	pid: number;
	/** What it printed on stdout, line by line. */
	lines: string[];
	/** Resolves with the last line's content; rejects when it ends before. */
	ready: Promise<z.infer<typeof readyLine>>;
	/** Resolves with the exit code (null: killed), all of stderr and the JSON line of an error. */
	ended: Promise<{ code: number | null; stderr: string; problem: string }>;
	signal(name: NodeJS.Signals): void;
}

/** An empty folder for an installation's data. */
export function newDataDir(): Promise<string> {
	return mkdtemp(join(tmpdir(), 'counter-hub-start-'));
}

/** Starts the product on free ports with one media worker, unless `env` says otherwise. */
export function runStarter(
	dataDir: string,
	{ args = [], env = {} }: { args?: string[]; env?: NodeJS.ProcessEnv } = {},
): Starter {
	const child = spawn(process.execPath, ['scripts/start.mjs', '--json', ...args], {
		cwd: root,
		env: { ...process.env, PORT: '0', WORKERS: '1', DATA_DIR: dataDir, ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
	});
	const lines: string[] = [];
	let stderr = '';
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	const ended = once(child, 'close').then(() => ({
		code: child.exitCode,
		stderr,
		problem: lines.findLast((line) => line.startsWith('{"error"')) ?? '',
	}));
	const ready = new Promise<z.infer<typeof readyLine>>((resolve, reject) => {
		createInterface({ input: child.stdout }).on('line', (line) => {
			lines.push(line);
			if (line.startsWith('{"ready"')) resolve(readyLine.parse(JSON.parse(line)));
		});
		void ended.then(() => reject(new Error(`The starter ended.\n${stderr}`)));
	});
	ready.catch(() => undefined);
	return { pid: child.pid!, lines, ready, ended, signal: (name) => child.kill(name) };
}

/** Every living process of an installation, by command line: all carry its DATA_DIR in their environment. */
export function processesOf(dataDir: string): { pid: number; command: string }[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				const environment = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
				if (!environment.includes(`DATA_DIR=${dataDir}`)) return [];
				const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
				return command ? [{ pid: Number(name), command }] : [];
			} catch {
				return [];
			}
		});
}

/** The one process of an installation whose command line has `part`. */
export function processWith(dataDir: string, part: string): number | undefined {
	const found = processesOf(dataDir).filter(
		({ command }) => command.includes(part) && !command.includes('leash.mjs'),
	);
	return found[0]?.pid;
}
