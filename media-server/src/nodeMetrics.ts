import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { FactQueue } from './hub/FactQueue.ts';
import type { Lines } from './lines/Lines.ts';
import type { Rooms } from './rooms/Rooms.ts';
import type { Branches } from './spans/away/Branches.ts';
import type { WorkerPool } from './workers/WorkerPool.ts';

interface Measured {
	readonly rooms: Rooms;
	readonly lines: Lines;
	readonly branches: Branches;
	readonly pool: WorkerPool;
	readonly facts: FactQueue;
}

/** The node's figures. Loaded when first asked for: a start in mid-call must not wait for it. */
export function nodeMetrics({ rooms, lines, branches, pool, facts }: Measured): () => Promise<Metrics> {
	let made: Promise<Metrics> | undefined;
	return () => (made ??= make());

	async function make(): Promise<Metrics> {
		const { Metrics } = await import('@counter-hub/shared/server/metrics.ts');
		const metrics = new Metrics();
		metrics.gauge('media_rooms', 'Rooms on this node', () => rooms.size);
		metrics.gauge('media_peers', 'Peers in all rooms', () => rooms.peerCount);
		metrics.gauge('media_branch_seats', 'Places of pages here, in rooms of other nodes', () => branches.size);
		metrics.gauge('media_lines', 'Lines of pages, those that may come back included', () => lines.size);
		metrics.gauge(
			'media_transports',
			'Transports on all workers',
			async () => (await pool.holds()).transports,
		);
		metrics.gauge(
			'media_streams',
			'Streams that the workers receive',
			async () => (await pool.holds()).streams,
		);
		metrics.gauge(
			'media_subscriptions',
			'Streams that the workers send',
			async () => (await pool.holds()).subscriptions,
		);
		metrics.gauge('media_workers', 'Living workers without the spare', () => pool.size);
		metrics.gauge('media_worker_deaths', 'Workers that died since the start', () => pool.deaths);
		metrics.gauge('media_facts_waiting', 'Facts that wait for a hub', () => facts.length);
		metrics.gauge(
			'media_facts_dropped',
			'Facts that are on no timeline: too many waited, or no hub could deal with them',
			() => facts.dropped,
		);
		return metrics;
	}
}
