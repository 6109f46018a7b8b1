import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));
const keptLines = 60;
/** Output of an ended command that is still on its way. */
const lastWordsMs = 5_000;
const running = new Set();
let aborted = false;

/** A command that ended with another status than 0; `output` holds its last lines. */
export class CommandFailed extends Error {
	/** @param {string} command @param {number} code @param {string} output */
	constructor(command, code, output) {
		super(`${command} ended with status ${code}${output ? `:\n${output}` : ''}`);
		this.name = 'CommandFailed';
		this.code = code;
		this.output = output;
	}
}

/**
 * Runs a command to its end. It ends with this process, however this process ends.
 * @param {string} command
 * @param {string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} [options.onLine] gets each line of its output
 * @param {boolean} [options.unleashed] lets it finish when this process ends (a package manager at work)
 * @param {boolean} [options.inherit] shows its output as it comes, and returns none
 * @returns {Promise<string>} its stdout
 * @throws {CommandFailed}
 */
export function run(
	command,
	args,
	{ cwd, env = process.env, onLine, unleashed = false, inherit = false } = {},
) {
	if (aborted) return new Promise(() => undefined);
	const [program, programArgs] = unleashed ? [command, args] : [process.execPath, [leash, command, ...args]];
	return new Promise((resolve, reject) => {
		const stdio = inherit ? ['pipe', 'inherit', 'inherit'] : ['pipe', 'pipe', 'pipe'];
		const child = spawn(program, programArgs, { cwd, env, stdio, detached: true });
		if (!unleashed) running.add(child);
		const tail = /** @type {string[]} */ ([]);
		let out = '';
		child.stdin.on('error', () => undefined);
		if (unleashed) child.stdin.end();
		child.stdout?.on('data', (chunk) => (out += String(chunk)));
		for (const stream of [child.stdout, child.stderr].filter(Boolean)) {
			createInterface({ input: stream }).on('line', (line) => {
				tail.push(line);
				if (tail.length > keptLines) tail.shift();
				onLine?.(line);
			});
		}
		child.once('error', reject);
		// Who outlives the command and holds its output open is not waited for.
		child.once('exit', () => {
			setTimeout(() => {
				child.stdout?.destroy();
				child.stderr?.destroy();
			}, lastWordsMs).unref();
		});
		child.once('close', (code) => {
			running.delete(child);
			if (aborted) return;
			if (code === 0) resolve(out);
			else reject(new CommandFailed([command, ...args].join(' ').slice(0, 120), code ?? 1, tail.join('\n')));
		});
	});
}

/** Ends every command that runs; none settles or starts afterwards. */
export function abortCommands() {
	aborted = true;
	for (const child of running) child.stdin.end();
}
