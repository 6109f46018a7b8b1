/**
 * `recover`: `kill -9` in mid-call, of the media worker that holds the room and of the whole media node (which the
 * starter restarts): time until both sides have painted a frame whose packets arrived afterwards.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { print, progress, quantile, rounded, spread } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { firstFrameSince } from './support/frames.ts';
import { childrenOf, cpuSeconds, gone, processTree } from './support/processes.ts';
import { Installation } from './support/starter.ts';

const TIMES = 10;
const LIMIT_MS = 20_000;
/** What still lay in the receiver's socket when the last sender was gone is no new frame. */
const IN_FLIGHT_MS = 50;
/** Until the next one: spares have started, and a node that lived so long is restarted without a pause. */
const BETWEEN_MS = 6500;

const installation = await Installation.create();
const product = await installation.start();
const browser = await launchBrowser();
const pair = await CallPair.create(browser, product.url, product.signIns);
await pair.ring();
await pair.answer();
await Promise.all([pair.caller, pair.callee].map((page) => firstFrameSince(page, 0, LIMIT_MS)));

const victims = { worker: busiestWorker, node: () => Promise.resolve(installation.mediaNodePid) };
const samples: Record<keyof typeof victims, number[]> = { worker: [], node: [] };
for (const victim of ['worker', 'node'] as const) {
	for (let i = 1; i <= TIMES; i++) {
		await sleep(BETWEEN_MS);
		const pid = await victims[victim]();
		// A node's workers outlive it by an instant and forward what still comes.
		const dying = processTree(pid);
		const from = Date.now();
		process.kill(pid, 'SIGKILL');
		await gone(dying);
		const silent = Date.now() + IN_FLIGHT_MS;
		const painted = await Promise.all(
			[pair.caller, pair.callee].map((page) => firstFrameSince(page, silent, LIMIT_MS)),
		);
		samples[victim].push((Math.max(...painted) - from) / 1000);
		progress(`${victim} ${i} of ${TIMES}: ${(samples[victim].at(-1) ?? 0).toFixed(2)} s`);
	}
}

/** The worker through which the call goes is the one that has something to do. */
async function busiestWorker(): Promise<number> {
	const workers = childrenOf(installation.mediaNodePid).map(({ pid }) => ({ pid, from: cpuSeconds([pid]) }));
	await sleep(1500);
	const used = workers.map(({ pid, from }) => ({ pid, seconds: cpuSeconds([pid]) - from }));
	const [busiest] = used.sort((a, b) => b.seconds - a.seconds);
	if (!busiest || busiest.seconds === 0) throw new Error('no media worker is busy');
	return busiest.pid;
}

await browser.close();
await installation.remove();
const p95 = (victim: keyof typeof victims) => quantile(samples[victim], 0.95);
print({
	bench: 'recover',
	ratios: { workerP95s: rounded(p95('worker')), nodeP95s: rounded(p95('node')) },
	aims: { workerP95s: '≤ 0.8', nodeP95s: '≤ 1.3' },
	samples: { workerS: samples.worker, nodeS: samples.node },
	tables: [
		{
			title: `kill -9 in mid-call to new frames on both sides, ${TIMES} times each, seconds`,
			columns: ['killed', 'median [lowest … highest]', 'p95'],
			rows: (['worker', 'node'] as const).map((victim) => [
				victim,
				spread(samples[victim], 2),
				p95(victim).toFixed(2),
			]),
		},
	],
});
process.exit(0);
