import { randomBytes, randomInt } from 'node:crypto';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import type { RtpCapabilities, RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import { rtpPacket, senderReport, type ExtensionIds } from './rtp.ts';

/** What one published stream looks like on the wire. */
interface Shape {
	kind: 'audio' | 'video';
	mimeType: string;
	framesPerSecond: number;
	/** Bytes of each packet of one frame. */
	packets: readonly number[];
}

const fullPackets = (count: number): number[] => Array.from({ length: count }, () => 1_100);

/** Some 1 Mbit/s for a picture, 40 kbit/s for speech. */
export const SHAPES = {
	microphone: { kind: 'audio', mimeType: 'audio/opus', framesPerSecond: 50, packets: [100] },
	camera: { kind: 'video', mimeType: 'video/VP8', framesPerSecond: 25, packets: fullPackets(5) },
	document: { kind: 'video', mimeType: 'video/VP8', framesPerSecond: 10, packets: fullPackets(12) },
} as const satisfies Partial<Record<MediaSource, Shape>>;
export type LoadSource = keyof typeof SHAPES;

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
	readonly source: LoadSource;
	readonly kind: 'audio' | 'video';
	readonly rtpParameters: RtpParameters;
	private readonly shape: Shape;
	private readonly ssrc = randomInt(1, 0xffff_ffff);
	private readonly mid: string;
	private readonly ids: ExtensionIds = {};
	private readonly payloads: Buffer[];
	private sequence = randomInt(0, 1000);
	private timestamp = randomInt(0, 0xffff);
	private readonly clockRate: number;
	private dueAt = 0;
	/** Of the packet within its frame. */
	private index = 0;
	private packets = 0;
	private keyFrameWanted = true;

	constructor(source: LoadSource, mid: string, capabilities: RtpCapabilities) {
		this.source = source;
		this.shape = SHAPES[source];
		this.kind = this.shape.kind;
		this.mid = mid;
		const codec = capabilities.codecs?.find(
			({ mimeType }) => mimeType.toLowerCase() === this.shape.mimeType.toLowerCase(),
		);
		if (!codec) throw new Error(`the node does not take ${this.shape.mimeType}`);
		const { preferredPayloadType, mimeType, clockRate, channels, rtcpFeedback = [] } = codec;
		this.clockRate = clockRate;
		const headerExtensions = (capabilities.headerExtensions ?? [])
			.filter(({ kind, uri }) => kind === this.kind && KNOWN_EXTENSIONS.includes(uri))
			.map(({ uri, preferredId }) => ({ uri, id: preferredId }));
		for (const { uri, id } of headerExtensions) {
			if (uri === MID) this.ids.mid = id;
			if (uri === ABS_SEND_TIME) this.ids.absSendTime = id;
			if (uri === TRANSPORT_CC) this.ids.transportCc = id;
		}
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
			encodings: [{ ssrc: this.ssrc }],
			rtcp: { cname: `load-${this.ssrc}`, reducedSize: true },
		};
		this.payloads = this.shape.packets.map((size) => randomBytes(size));
	}

	/** A receiver asked for a key frame; the next frame is one. */
	onKeyFrameRequest(ssrcs: readonly number[]): void {
		if (ssrcs.includes(this.ssrc)) this.keyFrameWanted = true;
	}

	/** The packets due at `now` (ms), spread evenly over time; `transportSequence` numbers them across the transport. */
	due(now: number, transportSequence: () => number): Buffer[] {
		const interval = 1000 / this.shape.framesPerSecond / this.payloads.length;
		// After a pause it goes on from now, at a phase of its own, instead of catching up.
		if (now - this.dueAt > 500) this.dueAt = now + Math.random() * interval;
		const packets: Buffer[] = [];
		for (; this.dueAt <= now; this.dueAt += interval) packets.push(this.next(transportSequence()));
		return packets;
	}

	report(): Buffer {
		return senderReport(
			this.ssrc,
			this.timestamp,
			this.packets,
			this.packets * (this.payloads[0]?.length ?? 0),
		);
	}

	private next(transportSequence: number): Buffer {
		const payload = this.payloads[this.index];
		if (!payload) throw new Error('a stream without packets');
		const first = this.index === 0;
		this.index = (this.index + 1) % this.payloads.length;
		const last = this.index === 0;
		if (first) this.timestamp += this.clockRate / this.shape.framesPerSecond;
		if (this.kind === 'video') {
			// VP8: descriptor with the start bit, then the frame header whose lowest bit is 0 for a key frame.
			payload[0] = first ? 0x10 : 0;
			if (first) {
				payload[1] = this.keyFrameWanted ? 0x10 : 0x11;
				this.keyFrameWanted = false;
			}
		}
		this.packets++;
		return rtpPacket(
			{
				payloadType: this.rtpParameters.codecs[0]?.payloadType ?? 0,
				sequence: ++this.sequence,
				timestamp: this.timestamp,
				ssrc: this.ssrc,
				marker: this.kind === 'video' && last,
				mid: this.mid,
				transportSequence,
				payload,
			},
			this.ids,
		);
	}
}
