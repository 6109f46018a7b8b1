import type { Peer } from '../Peer.ts';
import type { PublishedStream } from '../PublishedStream.ts';
import type { StreamTap } from '../PeerTransports.ts';
import { isSeenWatching } from '../rights.ts';
import type { RoomPart } from '../RoomPart.ts';
import type { Subscription } from '../Subscription.ts';
import { LineBudget, type LineSample } from './lineBudget.ts';

/** A line that loses no more than this is well again. */
const WELL = 0.02;

interface Watch {
	readonly viewer: Peer;
	readonly budget: LineBudget;
	timer: NodeJS.Timeout | undefined;
}

/**
 * Sees what the viewers' lines carry of pictures that have no layers (papers, screens) and tells the publisher what
 * to send at most, and the viewer that his line is the reason. Nothing is measured until a report of losses comes.
 */
export const lineWatch: RoomPart = (room, { limits }) => {
	const watches = new Map<Subscription, Watch>();

	room.on('flows', (subscription, viewer) => {
		const { consumer, stream } = subscription;
		if (stream.producer.kind !== 'video' || stream.spatialLayers > 1) return;
		if (consumer.listenerCount('trace') > 0) return;
		// Asked for again what was lost: the score does not show it, since repaired losses do not count there.
		consumer.on('trace', ({ type }) => {
			if (type === 'nack' && !watches.has(subscription)) begin(subscription, viewer);
		});
		consumer.enableTraceEvent(['nack']).catch(() => undefined);
	});
	room.on('wishes', () => {
		for (const [subscription, { viewer }] of watches) {
			const { consumer } = subscription;
			if (consumer.closed || viewer.closed || subscription.wantedLayer('member') < 0) end(subscription);
		}
	});
	room.on('left', (peer) => {
		for (const [subscription, { viewer }] of watches) if (viewer === peer) end(subscription);
	});
	room.on('closed', () => {
		for (const { timer } of watches.values()) clearTimeout(timer);
		watches.clear();
	});

	function begin(subscription: Subscription, viewer: Peer): void {
		watches.set(subscription, { viewer, budget: new LineBudget(), timer: undefined });
		void look(subscription);
	}

	async function look(subscription: Subscription): Promise<void> {
		const sample = await sampleOf(subscription.consumer);
		const watch = watches.get(subscription);
		if (!watch) return;
		if (!sample) {
			end(subscription);
			return;
		}
		const { budget, viewer } = watch;
		budget.add(sample);
		tellViewer(subscription, viewer, budget.bitrate !== null);
		tellPublisher(subscription.stream);
		if (budget.bitrate === null && sample.lost <= WELL) {
			end(subscription);
			return;
		}
		watch.timer = setTimeout(() => void look(subscription), limits.lineSampleMs);
		watch.timer.unref();
	}

	function end(subscription: Subscription): void {
		const watch = watches.get(subscription);
		if (!watch) return;
		clearTimeout(watch.timer);
		watches.delete(subscription);
		tellViewer(subscription, watch.viewer, false);
		tellPublisher(subscription.stream);
	}

	function tellViewer(subscription: Subscription, viewer: Peer, strained: boolean): void {
		if (!subscription.setStrained(strained) || subscription.consumer.closed) return;
		viewer.notify('consumer:strained', { consumerId: subscription.consumer.id, strained });
	}

	/** The least of what the lines of all carry who may be seen watching. */
	function tellPublisher(stream: PublishedStream): void {
		const owner = [...room.peers.values()].find((peer) => peer.streams.get(stream.streamId) === stream);
		if (!owner) return;
		const budgets = [...watches].flatMap(([subscription, { viewer, budget }]) =>
			subscription.stream === stream && budget.bitrate !== null && isSeenWatching(viewer.grant)
				? [budget.bitrate]
				: [],
		);
		const bitrate = budgets.length === 0 ? null : Math.min(...budgets);
		if (!stream.setBudget(bitrate)) return;
		owner.notify('stream:budget', { streamId: stream.streamId, bitrate });
	}
};

/** Null when the consumer is gone. */
async function sampleOf(consumer: StreamTap): Promise<LineSample | null> {
	const stats = await consumer.getStats().catch(() => []);
	const sent = stats.find((one) => one.type === 'outbound-rtp');
	if (!sent) return null;
	// As receivers report it, in 256ths.
	return { bitrate: sent.bitrate ?? 0, lost: (sent.fractionLost ?? 0) / 256, rttMs: sent.roundTripTime ?? 0 };
}
