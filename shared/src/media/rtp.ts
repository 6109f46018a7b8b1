import { z } from 'zod';

/*
 * The shapes of WebRTC parameters as mediasoup knows them (ORTC). What is checked here is form and size;
 * whether the values fit together is decided by the node, which answers MEDIA-6010.
 */

export const mediaKind = z.enum(['audio', 'video']);
export type MediaKind = z.infer<typeof mediaKind>;

const name = z.string().max(120);
const codecParameters = z.record(name, z.unknown());
const payloadType = z.int().min(0).max(127);
const ssrc = z.int().min(0).max(0xffffffff);
const rtcpFeedback = z.array(z.object({ type: name, parameter: name.exactOptional() })).max(16);
const headerExtensionUri = z.enum([
	'urn:ietf:params:rtp-hdrext:sdes:mid',
	'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
	'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
	'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
	'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
	'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
	'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
	'urn:3gpp:video-orientation',
	'urn:ietf:params:rtp-hdrext:toffset',
	'http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time',
	'http://www.webrtc.org/experiments/rtp-hdrext/playout-delay',
	'urn:mediasoup:params:rtp-hdrext:packet-id',
]);

export const rtpCapabilities = z.object({
	codecs: z
		.array(
			z.object({
				kind: mediaKind,
				mimeType: name,
				preferredPayloadType: payloadType,
				clockRate: z.int().min(1),
				channels: z.int().min(1).max(8).exactOptional(),
				parameters: codecParameters.exactOptional(),
				rtcpFeedback: rtcpFeedback.exactOptional(),
			}),
		)
		.max(64)
		.exactOptional(),
	headerExtensions: z
		.array(
			z.object({
				kind: mediaKind,
				uri: headerExtensionUri,
				preferredId: z.int().min(1).max(255),
				preferredEncrypt: z.boolean().exactOptional(),
				direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).exactOptional(),
			}),
		)
		.max(64)
		.exactOptional(),
});
export type RtpCapabilities = z.infer<typeof rtpCapabilities>;

export const rtpParameters = z.object({
	mid: z.string().max(32).exactOptional(),
	codecs: z
		.array(
			z.object({
				mimeType: name,
				payloadType,
				clockRate: z.int().min(1),
				channels: z.int().min(1).max(8).exactOptional(),
				parameters: codecParameters.exactOptional(),
				rtcpFeedback: rtcpFeedback.exactOptional(),
			}),
		)
		.min(1)
		.max(16),
	headerExtensions: z
		.array(
			z.object({
				uri: headerExtensionUri,
				id: z.int().min(1).max(255),
				encrypt: z.boolean().exactOptional(),
				parameters: codecParameters.exactOptional(),
			}),
		)
		.max(32)
		.exactOptional(),
	encodings: z
		.array(
			z.object({
				ssrc: ssrc.exactOptional(),
				rid: z.string().max(16).exactOptional(),
				codecPayloadType: payloadType.exactOptional(),
				rtx: z.object({ ssrc }).exactOptional(),
				dtx: z.boolean().exactOptional(),
				scalabilityMode: z.string().max(16).exactOptional(),
				maxBitrate: z.int().min(0).exactOptional(),
			}),
		)
		.min(1)
		.max(4)
		.exactOptional(),
	rtcp: z
		.object({ cname: z.string().max(256).exactOptional(), reducedSize: z.boolean().exactOptional() })
		.exactOptional(),
	msid: z.string().max(256).exactOptional(),
});
export type RtpParameters = z.infer<typeof rtpParameters>;

export const dtlsParameters = z.object({
	role: z.enum(['auto', 'client', 'server']).exactOptional(),
	fingerprints: z
		.array(
			z.object({
				algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
				value: z.string().regex(/^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/),
			}),
		)
		.min(1)
		.max(8),
});
export type DtlsParameters = z.infer<typeof dtlsParameters>;

export const iceParameters = z.object({
	usernameFragment: z.string(),
	password: z.string(),
	iceLite: z.boolean().exactOptional(),
});
export type IceParameters = z.infer<typeof iceParameters>;

const iceCandidate = z.object({
	foundation: z.string(),
	priority: z.int(),
	ip: z.string(),
	address: z.string(),
	protocol: z.enum(['udp', 'tcp']),
	port: z.int(),
	type: z.literal('host'),
	tcpType: z.literal('passive').exactOptional(),
});

/** What the browser needs to build its end of one transport. */
export const transportParameters = z.object({
	id: z.string(),
	iceParameters,
	iceCandidates: z.array(iceCandidate),
	dtlsParameters,
});
export type TransportParameters = z.infer<typeof transportParameters>;
