import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import type { RemoteStream } from '#features/media/mediaTypes.ts';

type Stats = RTCStats & Record<string, unknown>;

/** What the receiving transport has counted of two streams so far. */
export interface Counted {
	at: number;
	frames: number;
	width: number;
	height: number;
	packets: number;
	lost: number;
	soundPackets: number;
	jitterMs: number;
	path: MeasuredLink['path'];
}

/** Reads the counters of a picture and a sound; those of a stream that is not there are 0. */
export function count(
	report: RTCStatsReport | null,
	picture: RemoteStream | undefined,
	sound: RemoteStream | undefined,
): Counted {
	const entries: Stats[] = [];
	report?.forEach((entry: Stats) => entries.push(entry));
	const of = (stream: RemoteStream | undefined) =>
		entries.find((one) => one.type === 'inbound-rtp' && stream && one['trackIdentifier'] === stream.track.id);
	const [video, audio] = [of(picture), of(sound)];
	return {
		at: performance.now(),
		frames: number(video, 'framesDecoded'),
		width: number(video, 'frameWidth'),
		height: number(video, 'frameHeight'),
		packets: number(video, 'packetsReceived') + number(audio, 'packetsReceived'),
		lost: number(video, 'packetsLost') + number(audio, 'packetsLost'),
		soundPackets: number(audio, 'packetsReceived'),
		jitterMs: 1000 * Math.max(number(video, 'jitter'), number(audio, 'jitter')),
		path: pathOf(entries),
	};
}

/** By which protocol this page reaches its node. */
function pathOf(entries: readonly Stats[]): MeasuredLink['path'] {
	const pair = entries.find((one) => one.type === 'candidate-pair' && one['nominated'] === true);
	const candidate = entries.find(({ id }) => pair && id === pair['remoteCandidateId']);
	if (!candidate) return null;
	return candidate['protocol'] === 'tcp' ? 'tcp' : 'udp';
}

const number = (entry: Stats | undefined, field: string): number => {
	const value = entry?.[field];
	return typeof value === 'number' ? Math.max(0, value) : 0;
};
