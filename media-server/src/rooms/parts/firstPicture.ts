import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'mediasoup';
import type { StreamTap } from '../PeerTransports.ts';
import type { RoomPart } from '../RoomPart.ts';

/** So many at the pace of `limits.firstPictureMs`; then ever more seldom, as long as nothing comes. */
const QUICK_TRIES = 6;
const PAUSE_MAX_MS = 5_000;

/**
 * A picture that does not change gives no frames, and some browsers no key frame either, however often it is asked
 * for. So whoever begins to watch and gets nothing has the publisher asked to send his picture once more; one whose
 * picture moves is asked for a key frame only, as sending it anew would set his encoder up again.
 */
export const firstPicture: RoomPart = (room, { limits, logger }) => {
	room.on('flows', (subscription) => {
		const { consumer, stream } = subscription;
		if (stream.producer.kind !== 'video' || stream.spatialLayers > 1) return;
		const owner = [...room.peers.values()].find((peer) => peer.streams.get(stream.streamId) === stream);
		if (!owner) return;
		waitForPicture(consumer, stream.producer, () => {
			owner.notify('stream:refresh', { streamId: stream.streamId });
		}).catch((error: unknown) => {
			logger.debug({ roomId: room.roomId, err: error }, 'a first picture was not waited for');
		});
	});

	async function waitForPicture(
		consumer: StreamTap,
		producer: types.Producer,
		ask: () => void,
	): Promise<void> {
		const [before, arrived] = await Promise.all([packetsOf(consumer), packetsOf(producer)]);
		for (let tries = 1; ; tries++) {
			const pause = limits.firstPictureMs * 2 ** Math.max(0, tries - QUICK_TRIES);
			await sleep(Math.min(pause, PAUSE_MAX_MS), undefined, { ref: false });
			if (consumer.closed || consumer.paused || consumer.producerPaused) return;
			if ((await packetsOf(consumer)) > before) return;
			if ((await packetsOf(producer)) > arrived) await consumer.requestKeyFrame();
			else ask();
		}
	}
};

/** Of the stream itself, as it was received or is sent on. */
async function packetsOf(end: StreamTap | types.Producer): Promise<number> {
	if (end.closed) return 0;
	const stats: { type: string; packetCount?: number }[] = await end.getStats();
	return stats.find(({ type }) => type === 'outbound-rtp' || type === 'inbound-rtp')?.packetCount ?? 0;
}
