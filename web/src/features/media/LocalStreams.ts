import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup-client';
import type { LocalStream } from './mediaTypes.ts';

/** What this page wants to publish of one source; outlives sockets, transports and rooms. */
export interface Local {
	readonly source: MediaSource;
	readonly streamId: string;
	track: MediaStreamTrack | null;
	muted: boolean;
	/** The device behind it gives no new pictures. */
	stalled: boolean;
	wanted: number;
	producer: types.Producer | null;
	/** Kept so that a `produce` whose acknowledgement was lost can be repeated as it was. */
	rtpParameters: RtpParameters | null;
	acknowledged: boolean;
	/** Being published. */
	busy: boolean;
	/** `applySending` is at work, and there is more for it to do. */
	applying: boolean;
	changed: boolean;
}

export function newLocal(source: MediaSource, track: MediaStreamTrack, muted: boolean): Local {
	return {
		source,
		streamId: crypto.randomUUID(),
		track,
		muted,
		stalled: false,
		wanted: 0,
		producer: null,
		rtpParameters: null,
		acknowledged: false,
		busy: false,
		applying: false,
		changed: false,
	};
}

export function shown(local: Local): LocalStream {
	const { source, track, muted, wanted, acknowledged } = local;
	return { source, track, muted, wanted, published: acknowledged };
}

/**
 * Sends the layers that somebody watches and no others: layer `i` is active when `i ≤ wanted`. A muted video sends
 * nothing; a muted microphone is silenced at the track and at the node. One change at a time: what comes meanwhile
 * is applied after it.
 */
export async function applySending(local: Local): Promise<void> {
	if (local.track) local.track.enabled = !local.muted;
	local.changed = true;
	if (local.applying) return;
	local.applying = true;
	try {
		while (local.changed) {
			local.changed = false;
			await applyOnce(local);
		}
	} finally {
		local.applying = false;
	}
}

async function applyOnce({ producer, muted, wanted }: Local): Promise<void> {
	if (producer?.kind !== 'video' || !producer.rtpSender) return;
	const sender = producer.rtpSender;
	const parameters = sender.getParameters();
	const highest = muted ? -1 : wanted;
	if (parameters.encodings.every(({ active }, layer) => active === layer <= highest)) return;
	parameters.encodings.forEach((encoding, layer) => {
		encoding.active = layer <= highest;
	});
	// Fails when the transport is closed meanwhile; the next one begins anew.
	await sender.setParameters(parameters).catch(() => undefined);
}
