import nodeDataChannel from 'node-datachannel';
import type { TransportParameters } from '@counter-hub/shared/media/rtp.ts';

/** What the node must learn to finish a transport. */
export interface DtlsOffer {
	role: 'client';
	fingerprints: { algorithm: 'sha-256'; value: string }[];
}

let made = 0;

/**
 * The client end of one mediasoup transport: ICE, DTLS and SRTP by libdatachannel, and nothing above it.
 * Whole RTP and RTCP packets go in and out; nothing is decoded.
 */
export class MediaPeer {
	onPacket: (packet: Buffer) => void = () => undefined;

	private readonly connection: nodeDataChannel.PeerConnection;
	private readonly track: nodeDataChannel.Track;

	private constructor(connection: nodeDataChannel.PeerConnection, track: nodeDataChannel.Track) {
		this.connection = connection;
		this.track = track;
		track.onMessage((packet) => this.onPacket(packet));
	}

	/** Resolves once packets can flow. `connect` hands our fingerprint to the node. */
	static async create(
		remote: TransportParameters,
		connect: (dtlsParameters: DtlsOffer) => Promise<unknown>,
	): Promise<MediaPeer> {
		const connection = new nodeDataChannel.PeerConnection(`peer${++made}`, {
			iceServers: [],
			bindAddress: '127.0.0.1',
			disableAutoNegotiation: true,
		});
		const media = new nodeDataChannel.Video('0', 'SendRecv');
		// One m-line carries every stream: what is not looked into needs no section of its own.
		media.addVP8Codec(96);
		const track = connection.addTrack(media);
		const peer = new MediaPeer(connection, track);
		const opened = new Promise<void>((resolve, reject) => {
			track.onOpen(resolve);
			connection.onStateChange((state) => {
				if (state === 'failed') reject(new Error('ICE or DTLS failed'));
			});
		});
		connection.setLocalDescription('offer');
		const value = /a=fingerprint:sha-256 (\S+)/i.exec(connection.localDescription()?.sdp ?? '')?.[1];
		if (value === undefined) throw new Error('the local description has no SHA-256 fingerprint');
		connection.setRemoteDescription(answerSdp(remote), 'answer');
		await connect({ role: 'client', fingerprints: [{ algorithm: 'sha-256', value }] });
		await opened;
		return peer;
	}

	/** Sends one RTP or RTCP packet in the clear; SRTP is applied below. What the node has closed sends nothing more. */
	send(packet: Buffer): void {
		if (this.track.isOpen()) this.track.sendMessageBinary(packet);
	}

	close(): void {
		this.connection.close();
	}
}

/** Ends the library's threads; the process could not exit otherwise. */
export function endMediaPeers(): void {
	nodeDataChannel.cleanup();
}

function answerSdp({ iceParameters, iceCandidates, dtlsParameters }: TransportParameters): string {
	const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
	if (!fingerprint) throw new Error('the node offers no SHA-256 fingerprint');
	const candidates = iceCandidates
		.filter(({ protocol }) => protocol === 'udp')
		.map(
			({ foundation, priority, address, port }) =>
				`a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`,
		);
	return [
		'v=0',
		'o=- 1 1 IN IP4 127.0.0.1',
		's=-',
		't=0 0',
		'a=ice-lite',
		'm=video 9 UDP/TLS/RTP/SAVPF 96',
		'c=IN IP4 127.0.0.1',
		'a=mid:0',
		'a=sendrecv',
		'a=rtcp-mux',
		'a=rtpmap:96 VP8/90000',
		`a=ice-ufrag:${iceParameters.usernameFragment}`,
		`a=ice-pwd:${iceParameters.password}`,
		`a=fingerprint:sha-256 ${fingerprint.value}`,
		'a=setup:passive',
		...candidates,
		'a=end-of-candidates',
		'',
	].join('\r\n');
}
