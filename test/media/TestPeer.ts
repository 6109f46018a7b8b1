import { randomUUID } from 'node:crypto';
import {
	MEDIA_NAMESPACE,
	mediaNotices,
	mediaRequests,
	type ConsumerInfo,
	type MediaHandshake,
	type RoomEntry,
	type Welcome,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import type { MediaSource } from '@counter-hub/shared/media/grant.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import { ackOf, type Ack } from '@counter-hub/shared/realtime/ack.ts';
import type { RtpParameters } from '@counter-hub/shared/media/rtp.ts';
import { io, type Socket } from 'socket.io-client';
import { vi } from 'vitest';
import { z } from 'zod';

type Requests = typeof mediaRequests;
type Notices = typeof mediaNotices;
type NoticeName = keyof Notices;
type Payload<K extends keyof Requests> = z.input<Requests[K]['payload']>;
/** Requests about a room are about the first one unless they name another. */
type Asked<K extends keyof Requests> =
	Payload<K> extends { roomId: string } ? Omit<Payload<K>, 'roomId'> & { roomId?: string } : Payload<K>;

/** A page's signalling without a browser: every notice is checked against the protocol and kept. */
export class TestPeer {
	readonly socket: Socket;
	readonly pageId: string;
	readonly notices: { event: string; payload: unknown }[] = [];
	/** False: nothing is acknowledged, as on a line that stands still. */
	acknowledges = true;

	private constructor(socket: Socket, pageId: string) {
		this.socket = socket;
		this.pageId = pageId;
		socket.onAny((event: string, payload: unknown, arrived?: () => void) => {
			const schema = mediaNotices[event as NoticeName];
			this.notices.push({ event, payload: schema.parse(payload) });
			if (this.acknowledges) arrived?.();
		});
	}

	/** Resolves after `welcome`. Rejects with the node's problem when it refuses. */
	static async join(
		signalUrl: string,
		handshake: Omit<MediaHandshake, 'pageId'> & { pageId?: string },
	): Promise<TestPeer> {
		const auth = { pageId: randomUUID(), ...handshake };
		const socket = io(`${signalUrl}${MEDIA_NAMESPACE}`, {
			auth,
			transports: ['websocket'],
			forceNew: true,
			reconnection: false,
		});
		const peer = new TestPeer(socket, auth.pageId);
		await new Promise<void>((settle, fail) => {
			socket.once('connect', settle);
			// A node that is killed between the transport's handshake and the namespace's is no connect_error.
			socket.once('disconnect', (reason) => {
				fail(new Error(`the socket was closed: ${reason}`));
			});
			socket.once('connect_error', (error) => {
				socket.disconnect();
				const refusal = problem.safeParse('data' in error ? error.data : undefined);
				fail(refusal.success ? new Refused(refusal.data) : error);
			});
		});
		await peer.notice('welcome');
		return peer;
	}

	/** The newest welcome, with its first room spread out. */
	get welcome(): Welcome & RoomEntry {
		const welcome = this.last('welcome');
		const [entry] = welcome.rooms;
		if (!entry) throw new Error('the welcome holds no room');
		return { ...entry, ...welcome };
	}

	/** Where the first room stands: by the welcome or by the last rebuild. */
	get workerId(): string {
		const { roomId, floor } = this.welcome;
		const rebuilt = this.all('room:rebuilt').findLast((one) => one.roomId === roomId);
		return (rebuilt?.floor ?? floor).workerId;
	}

	all<K extends NoticeName>(event: K): z.infer<Notices[K]>[] {
		return this.notices
			.filter((one) => one.event === event)
			.map((one) => mediaNotices[event].parse(one.payload) as z.infer<Notices[K]>);
	}

	last<K extends NoticeName>(event: K): z.infer<Notices[K]> {
		const found = this.all(event).at(-1);
		if (!found) throw new Error(`no ${event} has come`);
		return found;
	}

	/** Waits until at least `count` notices of this name have come; returns the newest. */
	async notice<K extends NoticeName>(event: K, count = 1): Promise<z.infer<Notices[K]>> {
		await vi.waitFor(
			() => {
				if (this.all(event).length < count) throw new Error(`no ${event} has come`);
			},
			{ timeout: 10_000, interval: 5 },
		);
		return this.last(event);
	}

	async ask<K extends keyof Requests>(event: K, payload: Asked<K>): Promise<z.infer<Requests[K]['data']>> {
		const aboutRoom = 'roomId' in mediaRequests[event].payload.shape;
		const ack = await this.askRaw(event, aboutRoom ? { roomId: this.welcome.roomId, ...payload } : payload);
		if (!ack.ok) throw new Refused(ack.error);
		return mediaRequests[event].data.parse(ack.data) as z.infer<Requests[K]['data']>;
	}

	/** One more room on the same line. */
	async enter(token: string): Promise<RoomEntry> {
		return await this.ask('enter', { token });
	}

	/** Sends anything at all; the acknowledgement must still be one. */
	async askRaw(event: string, payload?: unknown): Promise<Ack<unknown>> {
		const answer: unknown = await this.socket.timeout(10_000).emitWithAck(event, payload);
		return ackOf(z.unknown()).parse(answer);
	}

	/** Says that this page can receive what the node offers; returns the consumers of the first room. */
	async ready(): Promise<ConsumerInfo[]> {
		const { roomId, routerRtpCapabilities: rtpCapabilities } = this.welcome;
		const { rooms } = await this.ask('ready', { rtpCapabilities });
		return rooms.find((one) => one.roomId === roomId)?.consumers ?? [];
	}

	/** Says that these are built and how much of them is wanted, all of it unless told otherwise. */
	async take(consumerId: string | undefined, wanted = 3): Promise<void> {
		await this.ask('consumer:ready', { consumers: [{ consumerId: consumerId ?? '', wanted }] });
	}

	async produce(
		source: MediaSource,
		change: { streamId?: string; rtpParameters?: RtpParameters; roomId?: string; workerId?: string } = {},
	): Promise<string> {
		const streamId = change.streamId ?? randomUUID();
		const kind = source === 'microphone' ? 'audio' : 'video';
		await this.ask('produce', {
			roomId: change.roomId ?? this.welcome.roomId,
			workerId: change.workerId ?? this.workerId,
			streamId,
			source,
			kind,
			rtpParameters: change.rtpParameters ?? sampleRtp(source),
			paused: false,
		});
		return streamId;
	}

	close(): void {
		this.socket.disconnect();
	}
}

/** What the node refused, with its code. */
class Refused extends Error {
	readonly problem: Problem;
	readonly code: string;

	constructor(refusal: Problem) {
		super(`${refusal.code} ${refusal.title}`);
		this.problem = refusal;
		this.code = refusal.code;
	}
}

let ssrc = 1000;

/** RTP parameters as a browser would send them. */
export function sampleRtp(source: MediaSource): RtpParameters {
	const rtcp = { cname: 'test', reducedSize: true };
	const mid = String(ssrc++ % 1000);
	if (source === 'microphone') {
		const codecs = [{ mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2 }];
		return { mid, codecs, encodings: [{ ssrc: ssrc++ }], rtcp };
	}
	const codecs = [
		{
			mimeType: 'video/VP8',
			payloadType: 96,
			clockRate: 90_000,
			rtcpFeedback: [{ type: 'nack', parameter: 'pli' }],
		},
	];
	const layers = source === 'camera' ? 3 : 1;
	const encodings = Array.from({ length: layers }, () => ({ ssrc: ssrc++, scalabilityMode: 'L1T3' }));
	return { mid, codecs, encodings, rtcp };
}
