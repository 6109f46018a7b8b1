/*
 * leash.mjs [command …args]
 *
 * Holds processes that must not outlive the starter. Its stdin is a pipe from the starter: when that ends,
 * however the starter died, the held processes are stopped in order and the leash ends too.
 *
 * Lines on stdin: `hold <pid>` adds a process that stops by itself and is killed if it does not;
 * `drop <pid>` forgets one that has ended. The command, if given, is stopped last, and the leash ends
 * with its exit code. SIGTERM stops the command at once.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const graceMs = 6_000;
const commandGraceMs = 20_000;

const held = new Set();
const [command, ...args] = process.argv.slice(2);
// A group of its own, so that what the command starts ends with it.
const child = command
	? spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true })
	: undefined;

child?.on('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(127);
});
child?.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGTERM' ? 0 : 1)));

// A terminal's Ctrl-C belongs to the starter, which stops everything in order.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => void stopCommand());

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
	const [verb, pid] = line.split(' ');
	if (verb === 'hold') held.add(Number(pid));
	if (verb === 'drop') held.delete(Number(pid));
});
lines.on('close', () => void stopAll());

async function stopAll() {
	for (const pid of held) signal(pid, 'SIGTERM');
	const deadline = Date.now() + graceMs;
	while ([...held].some(isAlive) && Date.now() < deadline) await sleep(25);
	for (const pid of held) if (isAlive(pid)) signal(-pid, 'SIGKILL');
	await stopCommand();
}

async function stopCommand() {
	if (!child?.pid) process.exit(0);
	signal(-child.pid, 'SIGTERM');
	await sleep(commandGraceMs);
	signal(-child.pid, 'SIGKILL');
}

/** @param {number} pid negative for the whole process group @param {NodeJS.Signals} name */
function signal(pid, name) {
	try {
		process.kill(pid, name);
	} catch {
		// It has ended meanwhile.
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
