import type { NodePath } from '@counter-hub/shared/checks/items.ts';
import type { NodeLoop } from '@counter-hub/shared/checks/checks.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Devices } from '#features/media/Devices.ts';
import { MediaClient } from '#features/media/MediaClient.ts';
import type { MediaPath } from '#features/media/mediaTypes.ts';

/** So long is waited for the first picture to come back. */
const PATIENCE_MS = 8_000;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
type Stats = RTCStats & Record<string, unknown>;

/**
 * L2: the way to the own media node by one path. What this page's camera sends as one participant comes back to it as
 * another, over the real path; `seconds` of it are counted. @throws DeviceError, MediaError
 */
export async function measureNodePath(
	loop: NodeLoop,
	path: MediaPath,
	devices: Devices,
	seconds: number,
): Promise<NodePath> {
	const client = (admission: NodeLoop['there']) =>
		new MediaClient({ pageId: newId(), path, getAdmission: () => Promise.resolve(admission) });
	const [there, back] = [client(loop.there), client(loop.back)];
	const camera = devices.hold('camera', (track) => {
		if (track) void there.publish('camera', track);
	});
	back.subscribe(({ streams }) => {
		for (const { id, kind } of streams) if (kind === 'video') void back.want(id, 'high');
	});
	try {
		await Promise.all([there.connect(loop.there), back.connect(loop.back)]);
		const isBack = await arrives(back);
		const before = await count(there, back);
		if (isBack) await pause(seconds * 1000);
		const after = await count(there, back);
		return between(isBack, before, after);
	} finally {
		camera.release();
		there.close();
		back.close();
	}
}

async function arrives(back: MediaClient): Promise<boolean> {
	const until = performance.now() + PATIENCE_MS;
	while (performance.now() < until) {
		const frames = sum(entriesOf(await back.stats(), 'inbound-rtp'), 'framesDecoded');
		if (frames > 0) return true;
		await pause(100);
	}
	return false;
}

interface Counted {
	at: number;
	up: number;
	down: number;
	packets: number;
	lost: number;
	jitterMs: number;
	roundTripMs: number | null;
}

async function count(there: MediaClient, back: MediaClient): Promise<Counted> {
	const [sent, received] = [await there.stats('send'), await back.stats()];
	const inbound = entriesOf(received, 'inbound-rtp');
	const pair = entriesOf(received, 'candidate-pair').find((one) => one['nominated'] === true);
	const roundTrip = pair?.['currentRoundTripTime'];
	return {
		at: performance.now(),
		up: sum(entriesOf(sent, 'transport'), 'bytesSent'),
		down: sum(entriesOf(received, 'transport'), 'bytesReceived'),
		packets: sum(inbound, 'packetsReceived'),
		lost: sum(inbound, 'packetsLost'),
		jitterMs: 1000 * Math.max(0, ...inbound.map((one) => valueOf(one, 'jitter'))),
		roundTripMs: typeof roundTrip === 'number' ? roundTrip * 1000 : null,
	};
}

function between(reached: boolean, before: Counted, after: Counted): NodePath {
	const seconds = (after.at - before.at) / 1000;
	const rate = (bytes: number) => (seconds > 0 ? Math.max(0, bytes * 8) / seconds : 0);
	const lost = Math.max(0, after.lost - before.lost);
	const all = Math.max(0, after.packets - before.packets) + lost;
	return {
		reached,
		seconds,
		roundTripMs: after.roundTripMs,
		lossPercent: all === 0 ? 0 : (100 * lost) / all,
		jitterMs: after.jitterMs,
		upBitrate: rate(after.up - before.up),
		downBitrate: rate(after.down - before.down),
	};
}

function entriesOf(report: RTCStatsReport | null, type: string): Stats[] {
	const entries: Stats[] = [];
	report?.forEach((entry: Stats) => {
		if (entry.type === type) entries.push(entry);
	});
	return entries;
}
const valueOf = (entry: Stats, field: string): number => {
	const value = entry[field];
	return typeof value === 'number' ? Math.max(0, value) : 0;
};
const sum = (entries: readonly Stats[], field: string): number =>
	entries.reduce((total, entry) => total + valueOf(entry, field), 0);
