/**
 * `wall`: CPU of the media node while one viewer watches 36 rooms over one line, against 36 viewers who watch one room
 * each. In every room one camera and one microphone; the viewer's line gets the lowest layer, as a wall shows it.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';
import { median, print, progress, rounded, spread } from './lib.ts';
import { endMediaPeers } from './load/MediaPeer.ts';
import { productSignal } from './load/productSignal.ts';
import { Wall } from './load/Wall.ts';
import { productEnv, startLoneNode } from './support/servers.ts';
import { cpuSeconds, processTree } from './support/processes.ts';

const ROOMS = 36;
const ROUNDS = 4;
const WARM_UP_MS = 5_000;
const WINDOW_MS = 10_000;
/** Pictures of a wall are small. */
const LOWEST = 0;

const { node: nodeEnv, grants } = productEnv('mongodb://unused');
const start = () => startLoneNode({ ...nodeEnv, WORKERS: '1' });
const rooms = () => Array.from({ length: ROOMS }, () => randomUUID());
const token = (roomId: string, publish: MediaGrant['publish']) =>
	grants.sign(
		{
			roomId,
			participantId: randomUUID(),
			label: 'bench',
			side: 'receiving',
			stage: 'member',
			publish,
			subscribe: true,
			hidden: false,
			grantVersion: 1,
		},
		Date.now(),
	);
const PUBLISH: MediaGrant['publish'] = [
	{ source: 'microphone', audience: 'room' },
	{ source: 'camera', audience: 'room' },
];

async function gather(url: string, kind: Kind): Promise<Wall> {
	const roomIds = rooms();
	const tokens = roomIds.map((roomId) => token(roomId, []));
	const publishers = await Promise.all(roomIds.map((roomId) => productSignal(url, [token(roomId, PUBLISH)])));
	const viewers = kind === 'wall' ? [tokens] : tokens.map((one) => [one]);
	const signals = await Promise.all(viewers.map((all) => productSignal(url, all, LOWEST)));
	return Wall.gather(publishers, signals);
}

type Kind = 'wall' | 'single';
interface Sample {
	/** CPU milliseconds per forwarded packet. */
	cost: number;
	packetsPerSecond: number;
	share: number;
}
const nodes = { wall: await start(), single: await start() };
progress(`${ROOMS} rooms for one viewer, ${ROOMS} rooms for as many viewers`);
const walls = {
	wall: await gather(String(nodes.wall.ready.signalUrl), 'wall'),
	single: await gather(String(nodes.single.ready.signalUrl), 'single'),
};
const samples: Record<Kind, Sample[]> = { wall: [], single: [] };
for (let round = 1; round <= ROUNDS; round++) {
	const order: Kind[] = round % 2 ? ['single', 'wall'] : ['wall', 'single'];
	for (const kind of order) {
		const sample = await measure(kind);
		samples[kind].push(sample);
		progress(`round ${round} of ${ROUNDS}, ${kind}: ${(sample.share * 100).toFixed(1)} % of a core`);
	}
}

async function measure(kind: Kind): Promise<Sample> {
	const wall = walls[kind];
	const pids = processTree(nodes[kind].pid);
	return wall.sendWhile(WARM_UP_MS, async () => {
		const [packets, cpu, from] = [wall.packets(), cpuSeconds(pids), performance.now()];
		await sleep(WINDOW_MS);
		const seconds = (performance.now() - from) / 1000;
		const [arrived, used] = [wall.packets() - packets, cpuSeconds(pids) - cpu];
		return { cost: (used / arrived) * 1000, packetsPerSecond: arrived / seconds, share: used / seconds };
	});
}

const costs = (kind: Kind) => samples[kind].map(({ cost }) => cost);
print({
	bench: 'wall',
	ratios: { wall: rounded(median(costs('wall')) / median(costs('single'))) },
	aims: { wall: '≤ 0.7' },
	samples,
	tables: [
		{
			title: `CPU of the media node per forwarded packet, ${ROOMS} rooms`,
			columns: ['', 'ms [lowest … highest]', 'packets/s', 'of a core'],
			rows: (['single', 'wall'] as const).map((kind) => [
				kind === 'wall' ? 'one viewer' : `${ROOMS} viewers`,
				spread(costs(kind), 4),
				Math.round(median(samples[kind].map((one) => one.packetsPerSecond))),
				`${(median(samples[kind].map(({ share }) => share)) * 100).toFixed(1)} %`,
			]),
		},
	],
});
for (const wall of Object.values(walls)) wall.close();
endMediaPeers();
await Promise.all(Object.values(nodes).map((node) => node.stop()));
process.exit(0);
