import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { RtpCapabilities, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import { rtpPacket, senderReport, type ExtensionIds } from './rtp.ts';

/** What one published stream looks like on the wire. */
interface Shape {
	kind: 'audio' | 'video';
	mimeType: string;
	framesPerSecond: number;
	/** Per layer, the smallest picture first: bytes of each packet of one frame. */
	layers: readonly (readonly number[])[];
}

const fullPackets = (count: number): number[] => Array.from({ length: count }, () => 1_100);

/** Some 1 Mbit/s for a picture, 40 kbit/s for speech. A camera is sent in two sizes, papers in one. */
const SHAPES = {
	microphone: { kind: 'audio', mimeType: 'audio/opus', framesPerSecond: 50, layers: [[100]] },
	camera: { kind: 'video', mimeType: 'video/VP8', framesPerSecond: 25, layers: [[800], fullPackets(4)] },
	document: { kind: 'video', mimeType: 'video/VP8', framesPerSecond: 10, layers: [fullPackets(12)] },
} as const satisfies Partial<Record<MediaSource, Shape>>;
export type LoadSource = keyof typeof SHAPES;

/** Packets per second of the stream's largest picture. */
export function fullPacketsPerSecond(source: LoadSource): number {
	const { layers, framesPerSecond }: Shape = SHAPES[source];
	return framesPerSecond * (layers.at(-1)?.length ?? 0);
}

const MID = 'urn:ietf:params:rtp-hdrext:sdes:mid';
const ABS_SEND_TIME = 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time';
const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
const KNOWN_EXTENSIONS: readonly string[] = [MID, ABS_SEND_TIME, TRANSPORT_CC];
const KNOWN_CODECS = /^(audio\/opus|video\/VP8)$/i;

export const transportCcId = ({ headerExtensions = [] }: RtpParameters): number | undefined =>
	headerExtensions.find(({ uri }) => uri === TRANSPORT_CC)?.id;

/** What this load understands of what the node offers: opus, VP8 with retransmission, three header extensions. */
export function loadCapabilities({ codecs = [], headerExtensions = [] }: RtpCapabilities): RtpCapabilities {
	const known = codecs.filter(({ mimeType }) => KNOWN_CODECS.test(mimeType));
	const types = new Set<unknown>(known.map((codec) => codec.preferredPayloadType));
	const repair = codecs.filter(
		({ mimeType, parameters }) => mimeType.endsWith('/rtx') && types.has(parameters?.apt),
	);
	return {
		codecs: [...known, ...repair],
		headerExtensions: headerExtensions.filter(({ uri }) => KNOWN_EXTENSIONS.includes(uri)),
	};
}

/** One published stream: makes its packets when they are due. */
export class Stream {
	readonly id = randomUUID();
	readonly source: LoadSource;
	readonly kind: 'audio' | 'video';
	readonly rtpParameters: RtpParameters;
	private readonly layers: Layer[];

	constructor(source: LoadSource, mid: string, capabilities: RtpCapabilities) {
		this.source = source;
		const shape: Shape = SHAPES[source];
		this.kind = shape.kind;
		const codec = capabilities.codecs?.find(
			({ mimeType }) => mimeType.toLowerCase() === shape.mimeType.toLowerCase(),
		);
		if (!codec) throw new Error(`the node does not take ${shape.mimeType}`);
		const { preferredPayloadType, mimeType, clockRate, channels, rtcpFeedback = [] } = codec;
		const headerExtensions = (capabilities.headerExtensions ?? [])
			.filter(({ kind, uri }) => kind === this.kind && KNOWN_EXTENSIONS.includes(uri))
			.map(({ uri, preferredId }) => ({ uri, id: preferredId }));
		const ids: ExtensionIds = {};
		for (const { uri, id } of headerExtensions) {
			if (uri === MID) ids.mid = id;
			if (uri === ABS_SEND_TIME) ids.absSendTime = id;
			if (uri === TRANSPORT_CC) ids.transportCc = id;
		}
		this.layers = shape.layers.map(
			(sizes) => new Layer(shape, sizes, { mid, ids, clockRate, payloadType: preferredPayloadType }),
		);
		this.rtpParameters = {
			mid,
			codecs: [
				{
					mimeType,
					payloadType: preferredPayloadType,
					clockRate,
					...(channels === undefined ? {} : { channels }),
					parameters: {},
					rtcpFeedback,
				},
			],
			headerExtensions,
			encodings: this.layers.map(({ ssrc }) => ({ ssrc })),
			rtcp: { cname: `load-${mid}`, reducedSize: true },
		};
	}

	/** A receiver asked for a key frame; the next frame is one. */
	onKeyFrameRequest(ssrcs: readonly number[]): void {
		for (const layer of this.layers) if (ssrcs.includes(layer.ssrc)) layer.keyFrameWanted = true;
	}

	/** The packets due at `now` (ms), spread evenly over time; `transportSequence` numbers them across the transport. */
	due(now: number, transportSequence: () => number): Buffer[] {
		return this.layers.flatMap((layer) => layer.due(now, transportSequence));
	}

	reports(now: number): Buffer[] {
		return this.layers.map((layer) => layer.report(now));
	}
}

interface Wire {
	mid: string;
	ids: ExtensionIds;
	clockRate: number;
	payloadType: number;
}

/** One encoding of a stream. */
class Layer {
	readonly ssrc = randomInt(1, 0xffff_ffff);
	keyFrameWanted = true;
	private readonly isVideo: boolean;
	private readonly packetMs: number;
	private readonly payloads: Buffer[];
	private readonly wire: Wire;
	private sequence = randomInt(0, 1000);
	private timestamp = 0;
	private dueAt = 0;
	/** Of the packet within its frame. */
	private index = 0;
	private packets = 0;
	private bytes = 0;

	constructor({ kind, framesPerSecond }: Shape, sizes: readonly number[], wire: Wire) {
		this.isVideo = kind === 'video';
		this.packetMs = 1000 / framesPerSecond / sizes.length;
		this.payloads = sizes.map((size) => randomBytes(size));
		this.wire = wire;
	}

	due(now: number, transportSequence: () => number): Buffer[] {
		// After a pause it goes on from now, at a phase of its own, instead of catching up.
		if (now - this.dueAt > 500) this.dueAt = now + Math.random() * this.packetMs;
		const packets: Buffer[] = [];
		for (; this.dueAt <= now; this.dueAt += this.packetMs) packets.push(this.next(transportSequence()));
		return packets;
	}

	report(now: number): Buffer {
		return senderReport(this.ssrc, this.timestampAt(now), this.packets, this.bytes);
	}

	/** All layers of a stream share one clock, so that a viewer can change between them. */
	private timestampAt(ms: number): number {
		return Math.round((ms * this.wire.clockRate) / 1000);
	}

	private next(transportSequence: number): Buffer {
		const payload = this.payloads[this.index];
		if (!payload) throw new Error('a stream without packets');
		const first = this.index === 0;
		this.index = (this.index + 1) % this.payloads.length;
		if (first) this.timestamp = this.timestampAt(this.dueAt);
		if (this.isVideo) {
			// VP8: descriptor with the start bit, then the frame header whose lowest bit is 0 for a key frame.
			payload[0] = first ? 0x10 : 0;
			if (first) {
				payload[1] = this.keyFrameWanted ? 0x10 : 0x11;
				this.keyFrameWanted = false;
			}
		}
		this.packets++;
		this.bytes += payload.length;
		const { payloadType, mid, ids } = this.wire;
		return rtpPacket(
			{
				payloadType,
				sequence: ++this.sequence,
				timestamp: this.timestamp,
				ssrc: this.ssrc,
				marker: this.isVideo && this.index === 0,
				mid,
				transportSequence,
				payload,
			},
			ids,
		);
	}
}
