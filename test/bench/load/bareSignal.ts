import { io } from 'socket.io-client';
import type { RtpCapabilities, RtpParameters, TransportParameters } from '@counter-hub/shared/media/rtp.ts';
import type { Direction, MediaSignal } from './LoadClient.ts';

/** Requests of bare/mediaServer.ts and their answers. */
interface Answers {
	join: { routerRtpCapabilities: RtpCapabilities; producerIds: string[] };
	transport: TransportParameters;
	connectTransport: object;
	produce: { id: string };
	consume: { id: string; rtpParameters: RtpParameters };
	resume: object;
}

/** Joins a room of bare/mediaServer.ts. */
export async function bareSignal(url: string, room: string): Promise<MediaSignal> {
	const socket = io(url, { transports: ['websocket'], forceNew: true, auth: { room } });
	const ask = async <K extends keyof Answers>(name: K, request: object): Promise<Answers[K]> => {
		const answer = (await socket.emitWithAck(name, request)) as { data: Answers[K] } | { error: string };
		if ('error' in answer) throw new Error(`${name}: ${answer.error}`);
		return answer.data;
	};
	// A stream that is published while this client still gets ready waits for it.
	const announced: string[] = [];
	let onProducer = (producerId: string): unknown => announced.push(producerId);
	socket.on('producer', ({ producerId }: { producerId: string }) => onProducer(producerId));
	const { routerRtpCapabilities, producerIds } = await ask('join', {});
	const transports = { send: await ask('transport', {}), receive: await ask('transport', {}) };
	return {
		routerRtpCapabilities,
		transports,
		async connect(direction: Direction, dtlsParameters) {
			await ask('connectTransport', { id: transports[direction].id, dtlsParameters });
		},
		async receive(capabilities, onConsumer) {
			const consume = async (producerId: string) => {
				const request = { id: transports.receive.id, producerId, rtpCapabilities: capabilities };
				const consumer = await ask('consume', request);
				onConsumer(consumer.rtpParameters);
				await ask('resume', { consumerId: consumer.id });
			};
			onProducer = consume;
			await Promise.all([...producerIds, ...announced].map(consume));
		},
		async publish({ kind, rtpParameters }) {
			await ask('produce', { id: transports.send.id, kind, rtpParameters });
		},
		close: () => socket.disconnect(),
	};
}
