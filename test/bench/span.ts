/**
 * `span`: a call across two media nodes against the same call on one, in turn in the same run.
 * - join: click on “answer” to the first remote frame, in two Chromium pages: 松江 with 杭州, each with a node of its own,
 *   and 松江 with 嘉兴, which has none and comes in where the room stands;
 * - cpu: CPU of hub and both nodes per forwarded stream-second, by headless peers;
 * - node: `kill -9` in mid-call of the node of either side: time until both sides have painted a frame whose packets
 *   arrived afterwards.
 * `--rounds=3` for a quick look.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { median, print, progress, quantile, rounded, spread } from './lib.ts';
import { Conference } from './load/Conference.ts';
import { endMediaPeers } from './load/MediaPeer.ts';
import { productSignal } from './load/productSignal.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { clickToFrame, firstFrameSince, forgetFrames } from './support/frames.ts';
import { childrenOf, cpuSeconds, gone, processTree } from './support/processes.ts';
import { productEnv, startDatabase, startHub, startMediaNode } from './support/servers.ts';
import { Installation } from './support/starter.ts';

const ROUNDS = Number(parseArgs({ strict: false }).values['rounds'] ?? 10);
const [SONGJIANG, HANGZHOU, JIAXING] = ['310117', '330100', '330400'] as const satisfies CityCode[];
/** From ringing to the click: somebody reads who calls, and the pages become quiet. */
const BEFORE_CLICK_MS = 2500;
const LIMIT_MS = 20_000;
/** What still lay in the receiver's socket when the last sender was gone is no new frame. */
const IN_FLIGHT_MS = 50;
/** Until the next one: a node that lived so long is restarted without a pause. */
const BETWEEN_MS = 6500;
const CALLS = 8;
const WARM_UP_MS = 4_000;
const WINDOW_MS = 10_000;
const PUBLISH: MediaGrant['publish'] = (['microphone', 'camera', 'document'] as const).map((source) => ({
	source,
	audience: 'room',
}));

const sides = ['one', 'two'] as const;
/** On so many nodes. */
type Side = (typeof sides)[number];
/** Whoever goes first changes from round to round. */
const inTurn = (round: number): readonly Side[] => (round % 2 ? sides : sides.toReversed());

const cpu = await cpuOfCalls();
const { join, nodeS } = await clicksAndKills();
print({
	bench: 'span',
	ratios: {
		join: rounded(median(join.two) / median(join.one)),
		cpu: rounded(median(cpu.two) / median(cpu.one)),
		nodeP95s: rounded(quantile(Object.values(nodeS).flat(), 0.95)),
	},
	aims: { join: '≤ 1.25', cpu: '≤ 1.6', nodeP95s: '≤ 2.0' },
	samples: { joinMs: join, cpuMs: cpu, nodeS },
	tables: [
		{
			title: `Click to first remote frame, ms; ${ROUNDS} times each`,
			columns: ['nodes', 'median [lowest … highest]', 'p95'],
			rows: sides.map((side) => [side, spread(join[side]), Math.round(quantile(join[side], 0.95))]),
		},
		{
			title: `CPU of hub and nodes per forwarded stream-second, ms; ${CALLS} calls, ${ROUNDS} times each`,
			columns: ['nodes', 'median [lowest … highest]'],
			rows: sides.map((side) => [side, spread(cpu[side], 3)]),
		},
		{
			title: 'kill -9 of a node in mid-call to new frames on both sides, seconds',
			columns: ['killed', 'median [lowest … highest]', 'p95'],
			rows: Object.entries(nodeS).map(([node, all]) => [
				node,
				spread(all, 2),
				quantile(all, 0.95).toFixed(2),
			]),
		},
	],
});
process.exit(0);

async function cpuOfCalls(): Promise<Record<Side, number[]>> {
	const database = await startDatabase();
	const { hub: hubEnv, node: nodeEnv, grants } = productEnv(database.url);
	const hub = await startHub(hubEnv);
	const node = (nodeId: string) =>
		startMediaNode({ ...nodeEnv, NODE_ID: nodeId, WORKERS: '1' }, String(hub.ready.url));
	const [home, away] = [await node('home'), await node('away')];
	const url = String(home.ready.signalUrl);
	const pids = [home, away, hub].flatMap(({ pid }) => processTree(pid));
	const samples: Record<Side, number[]> = { one: [], two: [] };
	const loads = new Map<Side, Conference>();
	for (const side of sides) {
		const rooms = Array.from({ length: CALLS }, () => ({ roomId: randomUUID(), isCalled: false }));
		progress(`${CALLS} calls gather on ${side} node(s)`);
		const load = await Conference.gather(CALLS, async (call) => {
			const room = rooms[call];
			if (!room) throw new Error('no such call');
			// The callee, who comes second, by the other node.
			const door = room.isCalled && side === 'two' ? String(away.ready.signalUrl) : url;
			room.isCalled = true;
			const token = grants.sign(
				{
					roomId: room.roomId,
					participantId: randomUUID(),
					label: 'bench',
					side: 'receiving',
					stage: 'member',
					publish: PUBLISH,
					subscribe: true,
					hidden: false,
					home: { nodeId: 'home', url },
					grantVersion: 1,
				},
				Date.now(),
			);
			return await productSignal(door, [token]);
		});
		loads.set(side, load);
	}
	for (let round = 1; round <= ROUNDS; round++)
		for (const side of inTurn(round)) {
			const load = loads.get(side);
			if (!load) continue;
			const cost = await load.sendWhile(WARM_UP_MS, async () => {
				const [before, from] = [load.traffic(), cpuSeconds(pids)];
				await sleep(WINDOW_MS);
				const [after, used] = [load.traffic(), cpuSeconds(pids) - from];
				// A stream-second is a second's worth of packets, also where a viewer was given the smaller picture for a while.
				const streamSeconds = ((after.packets - before.packets) / load.fullPacketsPerSecond) * after.streams;
				return (used / streamSeconds) * 1000;
			});
			samples[side].push(cost);
			progress(`round ${round} of ${ROUNDS}, ${side}: ${cost.toFixed(3)} ms per stream-second`);
		}
	for (const load of loads.values()) load.close();
	endMediaPeers();
	await Promise.all([home.stop(), away.stop()]);
	await hub.stop();
	await database.stop();
	return samples;
}

async function clicksAndKills(): Promise<{ join: Record<Side, number[]>; nodeS: Record<string, number[]> }> {
	const installation = await Installation.create();
	const product = await installation.start({}, ['--nodes', '3']);
	// At thirty pictures a second two pages alone fill two cores, and it would be the machine that is measured.
	const browser = await launchBrowser(undefined, ['--use-fake-device-for-media-stream=fps=10']);
	const pairOf = (permit: CityCode) =>
		CallPair.create(browser, product.url, product.signIns, undefined, permit);
	const pairs: Record<Side, CallPair> = { one: await pairOf(JIAXING), two: await pairOf(HANGZHOU) };
	const join: Record<Side, number[]> = { one: [], two: [] };
	for (let round = 0; round <= ROUNDS; round++)
		for (const side of inTurn(round)) {
			const pair = pairs[side];
			await pair.ring();
			await sleep(BEFORE_CLICK_MS);
			await forgetFrames(pair.callee);
			await pair.answer();
			const ms = await clickToFrame(pair.callee, LIMIT_MS);
			await sleep(1000);
			await pair.hangUp();
			// The first round fills caches.
			if (round > 0) join[side].push(ms);
			progress(`round ${round} of ${ROUNDS}, ${side}: ${Math.round(ms)} ms`);
		}
	await pairs.one.close();
	const nodeS = await kills(installation, pairs.two);
	await browser.close();
	await installation.remove();
	return { join, nodeS };
}

async function kills(installation: Installation, pair: CallPair): Promise<Record<string, number[]>> {
	await pair.ring();
	await pair.answer();
	const pages = [pair.caller, pair.callee];
	await Promise.all(pages.map((page) => firstFrameSince(page, 0, LIMIT_MS)));
	const nodes = { 'where the room stands': SONGJIANG, 'of the other side': HANGZHOU };
	const samples: Record<string, number[]> = {};
	for (let time = 1; time <= ROUNDS; time++)
		for (const [name, city] of Object.entries(nodes)) {
			await sleep(BETWEEN_MS);
			const pid = nodeOf(installation, city);
			// A node's workers outlive it by an instant and forward what still comes.
			const dying = processTree(pid);
			const from = Date.now();
			process.kill(pid, 'SIGKILL');
			await gone(dying);
			const silent = Date.now() + IN_FLIGHT_MS;
			const painted = await Promise.all(pages.map((page) => firstFrameSince(page, silent, LIMIT_MS)));
			const seconds = (Math.max(...painted) - from) / 1000;
			(samples[name] ??= []).push(seconds);
			progress(`${name}, ${time} of ${ROUNDS}: ${seconds.toFixed(2)} s`);
		}
	return samples;
}

/** The media node of a city that runs now; another process after each restart. */
function nodeOf({ pid: starter }: Installation, city: CityCode): number {
	const found = childrenOf(starter).find(
		({ pid, command }) =>
			command.includes('media-server') &&
			readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`NODE_CITY=${city}`),
	);
	if (!found) throw new Error(`no media node of ${city} runs`);
	return found.pid;
}
