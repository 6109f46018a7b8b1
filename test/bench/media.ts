/**
 * `media`: CPU-seconds per forwarded stream-second of media node and hub, against the bare application, under the
 * same load: calls of two with microphone, camera (two layers) and one document each; receivers do not decode.
 * One media worker each. Rounds alternate; only one of the two servers has traffic at a time.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { median, print, progress, rounded, spread } from './lib.ts';
import { bareSignal } from './load/bareSignal.ts';
import { Conference } from './load/Conference.ts';
import { endMediaPeers } from './load/MediaPeer.ts';
import { productSignal } from './load/productSignal.ts';
import { bareMedia, productEnv, startDatabase, startHub, startMediaNode } from './support/servers.ts';
import { cpuSeconds, processTree } from './support/processes.ts';

const CALLS = 12;
const ROUNDS = 4;
const WARM_UP_MS = 5_000;
const WINDOW_MS = 15_000;

interface Sample {
	/** CPU milliseconds per forwarded stream-second. */
	cost: number;
	streams: number;
	packetsPerSecond: number;
	lost: number;
	/** CPU share of each process, parts of one core. */
	shares: Record<string, number>;
}

const PUBLISH: MediaGrant['publish'] = [
	{ source: 'microphone', audience: 'room' },
	{ source: 'camera', audience: 'room' },
	{ source: 'document', audience: 'room' },
];
const rooms = Array.from({ length: CALLS }, () => randomUUID());
const roomOf = (call: number) => rooms[call] ?? '';

const database = await startDatabase();
const { hub: hubEnv, node: nodeEnv, grants } = productEnv(database.url);
const hub = await startHub(hubEnv);
const node = await startMediaNode({ ...nodeEnv, WORKERS: '1' }, String(hub.ready.url));
const bare = await bareMedia();

const token = (call: number) =>
	grants.sign(
		{
			roomId: roomOf(call),
			participantId: randomUUID(),
			label: 'bench',
			side: 'receiving',
			stage: 'member',
			publish: PUBLISH,
			subscribe: true,
			hidden: false,
			grantVersion: 1,
		},
		Date.now(),
	);
progress(`${CALLS} calls gather on each server`);
const bareLoad = await Conference.gather(CALLS, (call) => bareSignal(String(bare.ready.url), roomOf(call)));
const productLoad = await Conference.gather(CALLS, (call) =>
	productSignal(String(node.ready.signalUrl), [token(call)]),
);

const [nodePid, ...workers] = processTree(node.pid);
const sides = {
	bare: { load: bareLoad, processes: { server: [bare.pid], workers: processTree(bare.pid).slice(1) } },
	product: { load: productLoad, processes: { node: [nodePid ?? 0], workers, hub: [hub.pid] } },
};
type Side = keyof typeof sides;
const samples: Record<Side, Sample[]> = { bare: [], product: [] };

for (let round = 1; round <= ROUNDS; round++) {
	// Whoever goes first changes from round to round.
	const order: Side[] = round % 2 ? ['bare', 'product'] : ['product', 'bare'];
	for (const side of order) {
		const sample = await measure(side);
		samples[side].push(sample);
		progress(`round ${round} of ${ROUNDS}, ${side}: ${sample.cost.toFixed(3)} ms per stream-second`);
	}
}

async function measure(side: Side): Promise<Sample> {
	const { load, processes } = sides[side];
	return load.sendWhile(WARM_UP_MS, async () => {
		const before = load.traffic();
		const used = Object.entries(processes).map(([name, pids]) => ({ name, pids, from: cpuSeconds(pids) }));
		const from = performance.now();
		await sleep(WINDOW_MS);
		const seconds = (performance.now() - from) / 1000;
		const cpu = used.map((one) => ({ name: one.name, seconds: cpuSeconds(one.pids) - one.from }));
		const after = load.traffic();
		const packets = after.packets - before.packets;
		// A stream-second is a second's worth of packets, also where a viewer was given the smaller picture for a while.
		const streamSeconds = (packets / load.fullPacketsPerSecond) * after.streams;
		return {
			cost: (cpu.reduce((sum, one) => sum + one.seconds, 0) / streamSeconds) * 1000,
			streams: after.streams,
			packetsPerSecond: packets / seconds,
			lost: after.lost - before.lost,
			shares: Object.fromEntries(cpu.map((one) => [one.name, one.seconds / seconds])),
		};
	});
}

const costs = (side: Side) => samples[side].map(({ cost }) => cost);
const share = (side: Side, name: string) =>
	`${(median(samples[side].map(({ shares }) => shares[name] ?? 0)) * 100).toFixed(1)} %`;
print({
	bench: 'media',
	ratios: { cpu: rounded(median(costs('product')) / median(costs('bare'))) },
	aims: { cpu: '≤ 1.06' },
	samples,
	tables: [
		{
			title: `CPU per forwarded stream-second, ${samples.product[0]?.streams ?? 0} streams (${CALLS} calls)`,
			columns: ['', 'ms [lowest … highest]', 'packets/s', 'lost', 'server', 'worker', 'hub'],
			rows: (['bare', 'product'] as const).map((side) => [
				side,
				spread(costs(side), 3),
				Math.round(median(samples[side].map((one) => one.packetsPerSecond))),
				samples[side].reduce((sum, { lost }) => sum + lost, 0),
				share(side, side === 'bare' ? 'server' : 'node'),
				share(side, 'workers'),
				side === 'bare' ? '' : share(side, 'hub'),
			]),
		},
	],
});

bareLoad.close();
productLoad.close();
endMediaPeers();
await Promise.all([bare.stop(), node.stop()]);
await hub.stop();
await database.stop();
process.exit(0);
