import { expect, test, vi } from 'vitest';
import { childrenOf } from '../bench/support/processes.ts';
import { Random, SEED } from '../faults/random.ts';
import { newProcesses } from '../platform/processes.ts';
import { HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';
import { Desk } from './Desk.ts';
import { leftOver } from './leftOver.ts';
import { JUDGED_FROM_MINUTES, MemoryLog } from './MemoryLog.ts';
import { Pair } from './Pair.ts';

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 30);
const PAIRS = 5;
const HUBS = 2;
const NODES = 2;
/** Longer than every grace of the product: the longest is that of a call that both sides have left. */
const GRACES_MS = 12 * 60_000;
const MOST_GROWTH = 0.02;

/**
 * V8 widens its young generation by a hundred megabytes while the machine has them, and takes them back when it likes. Kept
 * small in the servers that are measured, it leaves what they themselves hold to be seen.
 */
process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=2`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

test(
	`${MINUTES} minutes of calls, reloads, closed tabs and broken lines: nothing is left, and memory does not grow`,
	{ timeout: MINUTES * 60_000 + 2 * GRACES_MS },
	async () => {
		const processes = await newProcesses({
			hubs: HUBS,
			nodes: NODES,
			ownMongod: true,
			hubEnv: { RING_SECONDS: '5' },
		});
		const pairs = await Promise.all(
			Array.from({ length: PAIRS }, async (_, i) => {
				const random = new Random(SEED + i * 7919);
				const desk = async (role: 'clerk' | 'approver', city: typeof SONGJIANG, hub: number) => {
					const { name, password } = await processes.registry.addStaff({ role, city });
					const client = processes.client(processes.hubs[hub % HUBS]);
					await client.signIn(name, password);
					return new Desk(client, random);
				};
				return new Pair(await desk('clerk', SONGJIANG, i), await desk('approver', HANGZHOU, i + 1), random);
			}),
		);
		const memory = new MemoryLog(
			new Map<string, () => readonly number[]>([
				...processes.hubs.map(({ pid }, i) => [`hub ${i + 1}`, () => [pid]] as const),
				...processes.nodes.map(({ pid }, i) => [`media node ${i + 1}`, () => [pid]] as const),
				...processes.nodes.map(
					({ pid }, i) => [`its workers ${i + 1}`, () => childrenOf(pid).map((child) => child.pid)] as const,
				),
			]),
			Math.min(5_000, MINUTES * 1_000),
		);
		const end = performance.now() + MINUTES * 60_000;
		await Promise.all(pairs.map((pair) => pair.workUntil(end)));
		memory.stop();
		say(`\n${memory.toString()}`);
		say(`${pairs.reduce((sum, { calls }) => sum + calls, 0)} calls were tried`);
		for (const { hindered } of pairs)
			if (hindered.size > 0) say(`hindered: ${[...hindered].map(([why, n]) => `${n} × ${why}`).join(', ')}`);

		// The figures see what is in use.
		expect(await leftOver(processes)).not.toEqual({});
		for (const pair of pairs) pair.close();
		const from = performance.now();
		await vi.waitFor(async () => expect(await leftOver(processes)).toEqual({}), {
			timeout: GRACES_MS,
			interval: 1_000,
		});
		say(`everything was given back within ${((performance.now() - from) / 1000).toFixed(0)} s`);
		if (MINUTES < JUDGED_FROM_MINUTES) {
			say(`memory is judged from ${JUDGED_FROM_MINUTES} minutes on: before that the processes warm up`);
			return;
		}
		for (const [name, growth] of memory.growths()) expect(growth, name).toBeLessThan(MOST_GROWTH);
	},
);
