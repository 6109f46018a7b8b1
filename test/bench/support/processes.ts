import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that a bench started; `ready` is the JSON line it printed when it was up. */
export interface Running {
	readonly pid: number;
	readonly ready: Record<string, unknown>;
	/** Sends the signal and waits for the end; SIGKILL after `limitMs`. Repeats are harmless. */
	stop(signal?: NodeJS.Signals, limitMs?: number): Promise<void>;
	/** Writes one line to its stdin. */
	tell(line: string): void;
	readonly exited: Promise<void>;
}

interface StartOptions {
	args: readonly string[];
	env?: Readonly<Record<string, string>>;
	cwd?: string;
	/** How long it may take until it is ready, in milliseconds. */
	limitMs?: number;
}

const alive = new Set<ChildProcess>();
// A bench that fails halfway leaves nothing running.
process.on('exit', () => {
	for (const child of alive) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1));

/** Starts `node <args>` and resolves at the line with `"ready":true`. Throws with the end of its log otherwise. */
export async function startNode({ args, env = {}, cwd, limitMs = 60_000 }: StartOptions): Promise<Running> {
	const child = spawn(process.execPath, args, {
		env: { ...process.env, ...env },
		stdio: ['pipe', 'pipe', 'pipe'],
		...(cwd === undefined ? {} : { cwd }),
	});
	alive.add(child);
	let log = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-4000)));
	const exited = new Promise<void>((resolve) => {
		child.once('exit', () => {
			alive.delete(child);
			resolve();
		});
	});
	const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
		const fail = (why: string) => {
			child.kill('SIGKILL');
			reject(new Error(`${args.join(' ')} ${why}\n${log}`));
		};
		const timer = setTimeout(() => fail(`was not ready within ${limitMs} ms`), limitMs);
		child.once('error', (error) => fail(`did not start: ${error.message}`));
		void exited.then(() => fail(`ended with code ${String(child.exitCode)} before it was ready`));
		createInterface({ input: child.stdout }).on('line', (line) => {
			const message = jsonObject(line);
			if (message?.ready !== true) return;
			clearTimeout(timer);
			resolve(message);
		});
	});
	const { pid } = child;
	if (pid === undefined) throw new Error(`${args.join(' ')} has no process id`);
	return {
		pid,
		ready,
		exited,
		tell: (line) => void child.stdin.write(`${line}\n`),
		async stop(signal = 'SIGTERM', killAfterMs = 10_000) {
			child.kill(signal);
			const timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
			await exited;
			clearTimeout(timer);
		},
	};
}

function jsonObject(line: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(line);
		return typeof value === 'object' && value !== null ? { ...value } : undefined;
	} catch {
		return undefined;
	}
}

/** Fields after the command name of /proc/<pid>/stat: [0] is the state, [1] the parent. */
function statFields(pid: number): string[] | undefined {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return text.slice(text.lastIndexOf(')') + 2).split(' ');
	} catch {
		return undefined;
	}
}

/** The direct children of a process, each with its command line. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
	const found: { pid: number; command: string }[] = [];
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		if (!Number.isInteger(pid) || Number(statFields(pid)?.[1]) !== parent) continue;
		try {
			found.push({ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') });
		} catch {
			// It ended meanwhile.
		}
	}
	return found;
}

/** The process and everything below it. */
export function processTree(root: number): number[] {
	return [root, ...childrenOf(root).flatMap(({ pid }) => processTree(pid))];
}

const TICKS_PER_SECOND = 100;

/** CPU time that the processes have used so far, all threads, user and system, in seconds. */
export function cpuSeconds(pids: readonly number[]): number {
	let ticks = 0;
	for (const pid of pids) {
		const fields = statFields(pid);
		if (!fields) throw new Error(`process ${pid} is gone`);
		ticks += Number(fields[11]) + Number(fields[12]);
	}
	return ticks / TICKS_PER_SECOND;
}

/** Resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
	const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
	if (!line) throw new Error(`process ${pid} has no VmRSS`);
	return Number(line[1]) * 1024;
}

/** Resolves when none of the processes runs any more; what is killed may go on for a moment. */
export async function gone(pids: readonly number[], limitMs = 10_000): Promise<void> {
	for (const end = performance.now() + limitMs; performance.now() < end;) {
		if (pids.every((pid) => (statFields(pid)?.[0] ?? 'Z') === 'Z')) return;
		await sleep(2);
	}
	throw new Error(`processes ${pids.join(', ')} are still there`);
}

/** Polls until `condition` returns something other than undefined. */
export async function until<T>(
	what: string,
	limitMs: number,
	condition: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
	const end = performance.now() + limitMs;
	for (;;) {
		const value = await condition();
		if (value !== undefined) return value;
		if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
		await sleep(20);
	}
}
