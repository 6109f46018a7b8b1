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
	wanted: number;
	producer: types.Producer | null;
	/** Kept so that a `produce` whose acknowledgement was lost can be repeated as it was. */
	rtpParameters: RtpParameters | null;
	acknowledged: boolean;
	busy: boolean;
}

export function newLocal(source: MediaSource, track: MediaStreamTrack, muted: boolean): Local {
	return {
		source,
		streamId: crypto.randomUUID(),
		track,
		muted,
		wanted: 0,
		producer: null,
		rtpParameters: null,
		acknowledged: false,
		busy: false,
	};
}

export function shown(local: Local): LocalStream {
	const { source, track, muted, wanted, acknowledged } = local;
	return { source, track, muted, wanted, published: acknowledged };
}

/**
 * Sends the layers that somebody watches and no others: layer `i` is active when `i ≤ wanted`. A muted video sends
 * nothing; a muted microphone is silenced at the track and at the node.
 */
export async function applySending(local: Local): Promise<void> {
	if (local.track) local.track.enabled = !local.muted;
	const sender = local.producer?.rtpSender;
	if (!sender || local.producer?.kind !== 'video') return;
	const parameters = sender.getParameters();
	const highest = local.muted ? -1 : local.wanted;
	let changed = false;
	parameters.encodings.forEach((encoding, layer) => {
		const active = layer <= highest;
		changed ||= encoding.active !== active;
		encoding.active = active;
	});
	if (!changed) return;
	// Fails when the transport closes meanwhile, or when two changes overlap; the later one applies again.
	await sender.setParameters(parameters).catch(() => undefined);
}
