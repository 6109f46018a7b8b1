/**
 * `linkcheck`: nine counters on three media nodes come online within ten seconds, and measure each other by themselves:
 * time until the matrix is complete, what hub and nodes do meanwhile, and whether a call between two pages that goes on
 * all the while keeps its frame rate.
 */
import { constants, setPriority } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import { TestClient } from '../platform/TestClient.ts';
import { print, progress, rounded } from './lib.ts';
import { LinkCounter } from './load/LinkCounter.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { firstFrameSince, forgetFrames } from './support/frames.ts';
import { childrenOf, cpuSeconds, processTree } from './support/processes.ts';
import { Installation } from './support/starter.ts';

const ARRIVAL_MS = 10_000;
const LIMIT_MS = 240_000;
const CALM_MS = 15_000;
const CELLS = CITIES.length * (CITIES.length - 1);

const installation = await Installation.create();
const product = await installation.start({}, ['--nodes', '3']);
// At thirty pictures a second two pages alone fill two cores, and whatever else runs would take frames from the call.
const browser = await launchBrowser(undefined, ['--use-fake-device-for-media-stream=fps=10']);
const pair = await CallPair.create(browser, product.url, product.signIns);
await pair.ring();
await pair.answer();
const pages = [pair.caller, pair.callee];
await Promise.all(pages.map((page) => firstFrameSince(page, 0, 20_000)));
// The first seconds of a call are not its pace.
await sleep(8_000);

progress('a call alone');
const alone = await framesPerSecond(() => sleep(CALM_MS));
// The counters that are made up here stand for nine PCs: they take what call and servers leave of this machine.
setPriority(constants.priority.PRIORITY_LOW);
const servers = serverPids();
const cpuBefore = servers.map(({ pids }) => cpuSeconds(pids));
const from = performance.now();
const counters: LinkCounter[] = [];
let completeS = Number.NaN;
let verdicts: Record<string, number> = {};
const during = await framesPerSecond(async () => {
	for (const { zh } of CITIES) {
		// Others than those who are in the call.
		const clerk = product.signIns.filter(({ city, role }) => city === zh && role === 'clerk').at(-1);
		if (!clerk) throw new Error(`the demo has no clerk in ${zh}`);
		counters.push(await LinkCounter.open(product.url, clerk.name, clerk.password));
		progress(`${zh} is online`);
		await sleep(Math.max(0, from + (counters.length * ARRIVAL_MS) / CITIES.length - performance.now()));
	}
	const supervisor = product.signIns.find(({ role }) => role === 'supervisor');
	const client = new TestClient(product.url);
	await client.signIn(supervisor?.name ?? '', supervisor?.password ?? '');
	for (;;) {
		const { cells } = linkMatrix.parse(await client.get('/links/matrix'));
		const measured = cells.filter(({ verdict }) => verdict !== null);
		if (measured.length === CELLS) {
			verdicts = Object.fromEntries(
				['pass', 'warn', 'fail'].map((one) => [
					one,
					measured.filter(({ verdict }) => verdict === one).length,
				]),
			);
			break;
		}
		if (performance.now() - from > LIMIT_MS) throw new Error(`only ${measured.length} of ${CELLS} cells`);
		await sleep(500);
	}
	completeS = (performance.now() - from) / 1000;
});
const seconds = (performance.now() - from) / 1000;
const cpu = servers.map(({ name, pids }, at) => ({
	name,
	percent: (100 * (cpuSeconds(pids) - (cpuBefore[at] ?? 0))) / seconds,
}));
for (const counter of counters) counter.close();
await browser.close();
await installation.remove();

print({
	bench: 'linkcheck',
	ratios: { completeS: rounded(completeS), callFps: rounded(during / alone) },
	aims: { completeS: '≤ 60', callFps: '≥ 0.95' },
	samples: { alone, during, cpu, verdicts },
	tables: [
		{
			title: `nine counters within ${ARRIVAL_MS / 1000} s, three nodes: ${CELLS} directions`,
			columns: ['complete after s', 'passed', 'warned', 'failed'],
			rows: [[completeS.toFixed(1), ...['pass', 'warn', 'fail'].map((one) => verdicts[one] ?? 0)]],
		},
		{
			title: 'a call that goes on meanwhile, frames per second at both sides together',
			columns: ['alone', 'during'],
			rows: [[alone.toFixed(1), during.toFixed(1)]],
		},
		{
			title: 'processors, percent of one',
			columns: ['process', 'cpu'],
			rows: cpu.map(({ name, percent }) => [name, percent.toFixed(0)]),
		},
	],
});
process.exit(0);

/** Painted remote frames of both pages while something goes on. */
async function framesPerSecond(work: () => Promise<unknown>): Promise<number> {
	const count = async () => {
		const counts = await Promise.all(
			pages.map((page) =>
				page.evaluate(() =>
					[...document.querySelectorAll('video:not([data-own=true])')].reduce(
						(sum, video) => sum + (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames,
						0,
					),
				),
			),
		);
		return counts.reduce((sum, one) => sum + one, 0);
	};
	await Promise.all(pages.map((page) => forgetFrames(page)));
	const [before, began] = [await count(), performance.now()];
	await work();
	return ((await count()) - before) / ((performance.now() - began) / 1000);
}

/** The hub, and all media nodes with their workers. */
function serverPids(): { name: string; pids: number[] }[] {
	const children = childrenOf(installation.pid);
	const of = (part: string) =>
		children.filter(({ command }) => command.includes(part)).flatMap(({ pid }) => processTree(pid));
	return [
		{ name: 'hub', pids: of('hub-server') },
		{ name: 'media nodes', pids: of('media-server') },
	];
}
