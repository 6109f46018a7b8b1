import { createHash } from 'node:crypto';
import { rtpCapabilities, type RtpCapabilities } from '@counter-hub/shared/media/rtp.ts';
import type { types } from 'mediasoup';

/** What rooms speak. Every browser has VP8; papers are sent in AV1 where all that are there can read it. */
export const MEDIA_CODECS: types.RouterRtpCodecCapability[] = [
	{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
	{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
	{ kind: 'video', mimeType: 'video/VP9', clockRate: 90_000, parameters: { 'profile-id': 0 } },
	{ kind: 'video', mimeType: 'video/AV1', clockRate: 90_000 },
];

const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';

/**
 * What of a browser's abilities is negotiated for one stream. Bandwidth estimation towards the viewer costs 40 % of
 * a packet's work, so it is asked for only where there are layers to choose from.
 */
export function capabilitiesFor(type: types.ProducerType, capabilities: RtpCapabilities): RtpCapabilities {
	if (type !== 'simple') return capabilities;
	const { codecs, headerExtensions } = capabilities;
	return {
		...(codecs && {
			codecs: codecs.map(({ rtcpFeedback, ...codec }) => ({
				...codec,
				...(rtcpFeedback && {
					rtcpFeedback: rtcpFeedback.filter(({ type }) => type !== 'transport-cc' && type !== 'goog-remb'),
				}),
			})),
		}),
		...(headerExtensions && { headerExtensions: headerExtensions.filter(({ uri }) => uri !== TRANSPORT_CC) }),
	};
}

/** A router's abilities in the protocol's form, with an id that changes when they do. */
export function describeRouter(router: types.Router): { id: string; capabilities: RtpCapabilities } {
	const capabilities = rtpCapabilities.parse(router.rtpCapabilities);
	const id = createHash('sha256').update(JSON.stringify(capabilities)).digest('hex').slice(0, 16);
	return { id, capabilities };
}
