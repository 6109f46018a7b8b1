import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from './startProblem.mjs';

/** Who dies sooner than this after his start is restarted with a growing pause. */
const steadyMs = 5_000;
const firstPauseMs = 250;
const longestPauseMs = 5_000;
const readyLimitMs = 60_000;
const stopLimitMs = 12_000;
const largestLogBytes = 20_000_000;

/**
 * A process of the product that is restarted when it dies: at once, and with growing pauses if it keeps dying.
 * It has a process group of its own, stops by itself when the starter's pipe ends, prints one line of JSON
 * when it is ready, and writes its log to a file.
 */
export class Child {
	#options;
	#process;
	#stopping = false;
	#pause = 0;

	/**
	 * @param {object} options
	 * @param {string} options.name
	 * @param {string} options.node
	 * @param {string} options.script
	 * @param {string} options.cwd
	 * @param {NodeJS.ProcessEnv} options.env
	 * @param {string} options.log
	 * @param {(pid: number) => void} options.started
	 * @param {(pid: number, how: string, stopping: boolean) => void} options.ended
	 */
	constructor(options) {
		this.#options = options;
		this.restarts = 0;
	}

	get pid() {
		return this.#process?.pid;
	}

	/** @returns {Promise<object>} what it printed when it was ready @throws {StartProblem} when it ends before */
	start() {
		const { name, log } = this.#options;
		this.#rotate(log);
		const from = existsSync(log) ? statSync(log).size : 0;
		return new Promise((resolve, reject) => {
			const failed = (/** @type {string} */ how) => {
				const said = existsSync(log) ? readFileSync(log).subarray(from).toString('utf8') : '';
				reject(new StartProblem(`The ${name} ${how}. ${lastComplaint(said)}`.trim(), `Its log is ${log}.`));
			};
			const limit = setTimeout(() => failed(`was not ready after ${readyLimitMs / 1000} s`), readyLimitMs);
			this.#spawn(
				(answer) => {
					clearTimeout(limit);
					resolve(answer);
				},
				(how) => {
					clearTimeout(limit);
					failed(how);
				},
			);
		});
	}

	/** Orderly, then by force. */
	async stop() {
		this.#stopping = true;
		const child = this.#process;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGTERM');
		const limit = setTimeout(() => kill(-child.pid), stopLimitMs);
		await gone;
		clearTimeout(limit);
	}

	/** @param {(answer: object) => void} ready @param {(how: string) => void} died only before it was ready */
	#spawn(ready, died) {
		const { node, script, cwd, env, log, started, ended } = this.#options;
		const file = openSync(log, 'a', 0o600);
		const child = spawn(node, [script], {
			cwd,
			env: { ...env, STOP_ON_STDIN_END: '1' },
			stdio: ['pipe', 'pipe', file],
			detached: true,
		});
		closeSync(file);
		this.#process = child;
		const startedAt = Date.now();
		let isReady = false;
		child.stdin.on('error', () => undefined);
		child.once('error', (error) => died(`cannot be started (${error.message})`));
		if (child.pid) started(child.pid);
		createInterface({ input: child.stdout }).on('line', (line) => {
			const answer = parsed(line);
			if (isReady || answer?.ready !== true) return;
			isReady = true;
			ready(answer);
		});
		child.once('exit', (code, signal) => {
			const how = signal ? `was killed (${signal})` : `ended with status ${code}`;
			// Whatever it started and left.
			kill(-child.pid);
			ended(child.pid ?? 0, how, this.#stopping);
			if (this.#stopping) return;
			if (!isReady && this.restarts === 0) {
				this.#stopping = true;
				return died(how);
			}
			void this.#restart(Date.now() - startedAt);
		});
	}

	/** @param {number} livedMs */
	async #restart(livedMs) {
		this.#pause =
			livedMs >= steadyMs
				? 0
				: Math.min(longestPauseMs, this.#pause * 2 || (this.restarts ? firstPauseMs : 0));
		this.restarts += 1;
		if (this.#pause > 0) await sleep(this.#pause);
		if (this.#stopping) return;
		this.#rotate(this.#options.log);
		this.#spawn(
			() => undefined,
			() => undefined,
		);
	}

	/** @param {string} log */
	#rotate(log) {
		mkdirSync(dirname(log), { recursive: true });
		if (existsSync(log) && statSync(log).size > largestLogBytes) renameSync(log, `${log}.1`);
	}
}

/** @param {number | undefined} pid */
function kill(pid) {
	try {
		if (pid) process.kill(pid, 'SIGKILL');
	} catch {
		// Nobody is left.
	}
}

/** @param {string} line */
function parsed(line) {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

/** The last thing that it said, out of plain text or JSON log lines. @param {string} text */
function lastComplaint(text) {
	const lines = text.trim().split('\n').filter(Boolean);
	const words = lines.map((line) => {
		const entry = parsed(line);
		return entry ? (entry.level >= 40 ? (entry.err?.message ?? entry.msg) : '') : line;
	});
	return words.filter(Boolean).slice(-3).join('\n').slice(0, 600);
}
