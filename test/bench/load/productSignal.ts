import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import type { z } from 'zod';
import {
	MEDIA_NAMESPACE,
	mediaNotices,
	mediaRequests,
	type ConsumerInfo,
	type MediaHandshake,
} from '@counter-hub/shared/media/mediaProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import type { MediaSignal } from './LoadClient.ts';

type Requests = typeof mediaRequests;
interface Offer {
	roomId: string;
	consumers: ConsumerInfo[];
}

const ALL_LAYERS = 3;

/** Joins rooms of a media node over one line, with tokens of the hub's key. Publishes in the first one. */
export async function productSignal(
	signalUrl: string,
	[token = '', ...more]: readonly string[],
	wanted = ALL_LAYERS,
): Promise<MediaSignal> {
	const handshake: MediaHandshake = { token, pageId: randomUUID() };
	const socket = io(signalUrl + MEDIA_NAMESPACE, {
		transports: ['websocket'],
		forceNew: true,
		auth: handshake,
	});
	const ask = async <K extends keyof Requests>(
		name: K,
		request: z.input<Requests[K]['payload']>,
	): Promise<z.infer<Requests[K]['data']>> => {
		const answer = ackOf(mediaRequests[name].data).parse(await socket.emitWithAck(name, request));
		if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.detail ?? ''}`);
		return answer.data as z.infer<Requests[K]['data']>;
	};
	// Streams that come while this client still gets ready wait for it.
	const early: Offer[] = [];
	let onOffer = (offer: Offer): unknown => early.push(offer);
	socket.on('consumers:new', (notice: unknown) => {
		onOffer(mediaNotices['consumers:new'].parse(notice));
	});
	const welcome = await new Promise<z.infer<typeof mediaNotices.welcome>>((resolve, reject) => {
		socket.once('welcome', (notice: unknown) => resolve(mediaNotices.welcome.parse(notice)));
		socket.once('connect_error', reject);
	});
	const [entry] = welcome.rooms;
	if (!entry) throw new Error('the node let us into no room');
	const { roomId, floor } = entry;
	const { workerId, sendTransport, receiveTransport } = floor;
	for (const one of more) await ask('enter', { token: one });
	return {
		routerRtpCapabilities: welcome.routerRtpCapabilities,
		transports: { send: sendTransport, receive: receiveTransport },
		async connect(direction, dtlsParameters) {
			await ask('transport:connect', { workerId, direction, dtlsParameters });
		},
		async receive(rtpCapabilities, onConsumer) {
			const take = async ({ roomId: of, consumers }: Offer) => {
				if (consumers.length === 0) return;
				for (const { rtpParameters } of consumers) onConsumer(rtpParameters);
				await ask('consumer:ready', {
					roomId: of,
					consumers: consumers.map(({ consumerId }) => ({ consumerId, wanted })),
				});
			};
			const { rooms } = await ask('ready', { rtpCapabilities });
			// What was on its way when the line broke is offered again over the next one.
			onOffer = (offer) =>
				take(offer).catch((error: unknown) => {
					if (socket.connected) throw error;
				});
			await Promise.all([...rooms, ...early].map(take));
		},
		async publish({ id, source, kind, rtpParameters }) {
			const request = { roomId, workerId, streamId: id, source, kind, rtpParameters, paused: false };
			await ask('produce', request);
		},
		close: () => socket.disconnect(),
	};
}
