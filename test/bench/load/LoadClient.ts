import { randomInt } from 'node:crypto';
import type { RtpCapabilities, RtpParameters, TransportParameters } from '@counter-hub/shared/media/rtp.ts';
import { MediaPeer, type DtlsOffer } from './MediaPeer.ts';
import {
	isRtcp,
	keyFrameRequests,
	receiverReport,
	ReceiverStatistics,
	transportFeedback,
	transportSequenceOf,
} from './rtp.ts';
import { loadCapabilities, Stream, transportCcId, type LoadSource } from './Stream.ts';

export type Direction = 'send' | 'receive';

/** How a client speaks to one kind of media server; the load above it is the same for all. */
export interface MediaSignal {
	readonly routerRtpCapabilities: RtpCapabilities;
	readonly transports: Readonly<Record<Direction, TransportParameters>>;
	connect(direction: Direction, dtlsParameters: DtlsOffer): Promise<void>;
	/** Says what this client can receive; `onConsumer` is called for every stream, which flows at once. */
	receive(
		rtpCapabilities: RtpCapabilities,
		onConsumer: (rtpParameters: RtpParameters) => void,
	): Promise<void>;
	publish(stream: Stream): Promise<void>;
	close(): void;
}

/** A participant that publishes made-up streams and receives those of the others without decoding. */
export class LoadClient {
	/** By SSRC; only streams that were announced as consumers. */
	readonly received = new Map<number, ReceiverStatistics>();
	private readonly signal: MediaSignal;
	private readonly sender: MediaPeer;
	private readonly receiver: MediaPeer;
	private readonly streams: Stream[] = [];
	private readonly ownSsrc = randomInt(1, 0xffff_ffff);
	private transportSequence = 0;
	private feedbackCount = 0;
	private feedbackId: number | undefined;
	private arrivals: { sequence: number; at: number }[] = [];
	private feedbackSsrc = 0;

	private constructor(signal: MediaSignal, sender: MediaPeer, receiver: MediaPeer) {
		this.signal = signal;
		this.sender = sender;
		this.receiver = receiver;
		sender.onPacket = (packet) => {
			if (!isRtcp(packet)) return;
			const asked = keyFrameRequests(packet);
			for (const stream of this.streams) stream.onKeyFrameRequest(asked);
		};
		receiver.onPacket = (packet) => this.onReceived(packet);
	}

	static async join(signal: MediaSignal, sources: readonly LoadSource[]): Promise<LoadClient> {
		const { send, receive } = signal.transports;
		const [sender, receiver] = await Promise.all([
			MediaPeer.create(send, (dtls) => signal.connect('send', dtls)),
			MediaPeer.create(receive, (dtls) => signal.connect('receive', dtls)),
		]);
		const client = new LoadClient(signal, sender, receiver);
		const capabilities = loadCapabilities(signal.routerRtpCapabilities);
		await signal.receive(capabilities, (rtpParameters) => client.onConsumer(rtpParameters));
		for (const [index, source] of sources.entries()) {
			const stream = new Stream(source, String(index), capabilities);
			client.streams.push(stream);
			await signal.publish(stream);
		}
		return client;
	}

	/** Sends what is due at `now` (ms). */
	sendDue(now: number): void {
		for (const stream of this.streams) {
			for (const packet of stream.due(now, () => ++this.transportSequence & 0xffff)) this.sender.send(packet);
		}
	}

	/** Transport-wide feedback, as a browser gives it ten to twenty times a second. */
	sendFeedback(): void {
		const { arrivals } = this;
		this.arrivals = [];
		for (let from = 0; from < arrivals.length;) {
			let to = from + 1;
			while (arrivals[to]?.sequence === (((arrivals[to - 1]?.sequence ?? 0) + 1) & 0xffff)) to++;
			const run = arrivals.slice(from, to);
			this.receiver.send(transportFeedback(this.ownSsrc, this.feedbackSsrc, this.feedbackCount++, run));
			from = to;
		}
	}

	/** Sender and receiver reports, once a second. */
	sendReports(): void {
		const now = performance.now();
		for (const stream of this.streams) for (const report of stream.reports(now)) this.sender.send(report);
		if (this.received.size > 0) this.receiver.send(receiverReport(this.ownSsrc, this.received));
	}

	close(): void {
		this.sender.close();
		this.receiver.close();
		this.signal.close();
	}

	private onConsumer(rtpParameters: RtpParameters): void {
		const ssrc = rtpParameters.encodings?.[0]?.ssrc;
		if (ssrc === undefined) throw new Error('a consumer without SSRC');
		this.received.set(ssrc, new ReceiverStatistics());
		const asksFeedback = rtpParameters.codecs[0]?.rtcpFeedback?.some(({ type }) => type === 'transport-cc');
		if (asksFeedback) this.feedbackId ??= transportCcId(rtpParameters);
	}

	private onReceived(packet: Buffer): void {
		if (isRtcp(packet)) return;
		const ssrc = packet.readUInt32BE(8);
		this.received.get(ssrc)?.add(packet.readUInt16BE(2), packet.length);
		if (this.feedbackId === undefined) return;
		const sequence = transportSequenceOf(packet, this.feedbackId);
		if (sequence === undefined) return;
		this.feedbackSsrc = ssrc;
		this.arrivals.push({ sequence, at: performance.now() });
	}
}
