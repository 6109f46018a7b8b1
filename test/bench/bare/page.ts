/// <reference lib="dom" />
/**
 * The page of the bare media application. `call(room)` publishes and waits; `offerAnswer(room)` shows a button whose
 * click joins the room: socket, codecs, transports, then receiving and publishing side by side.
 */
import { Device, type types } from 'mediasoup-client';
import { io } from 'socket.io-client';

const CAMERA: types.RtpEncodingParameters[] = [
	{ scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
	{ scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
	{ scaleResolutionDownBy: 1, maxBitrate: 1_700_000, scalabilityMode: 'L1T3' },
];
const WANTED: MediaStreamConstraints = {
	audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
	video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 25, max: 30 } },
};

interface Joined {
	routerRtpCapabilities: types.RtpCapabilities;
	producerIds: string[];
}
interface Created {
	id: string;
}

async function enter(room: string): Promise<void> {
	const camera = navigator.mediaDevices.getUserMedia(WANTED);
	const socket = io({ transports: ['websocket'], auth: { room } });
	const ask = async <T>(name: string, request: object): Promise<T> => {
		const answer = (await socket.emitWithAck(name, request)) as { data: T } | { error: string };
		if ('error' in answer) throw new Error(answer.error);
		return answer.data;
	};
	const announced: string[] = [];
	let onProducer = (producerId: string): unknown => announced.push(producerId);
	socket.on('producer', ({ producerId }: { producerId: string }) => onProducer(producerId));
	const { routerRtpCapabilities, producerIds } = await ask<Joined>('join', {});
	const device = await Device.factory();
	await device.load({ routerRtpCapabilities });
	const receive = device.createRecvTransport(await ask<types.TransportOptions>('transport', {}));
	const send = device.createSendTransport(await ask<types.TransportOptions>('transport', {}));
	for (const transport of [send, receive]) {
		transport.on('connect', ({ dtlsParameters }, done, failed) => {
			ask('connectTransport', { id: transport.id, dtlsParameters }).then(() => done(), failed);
		});
	}
	send.on('produce', ({ kind, rtpParameters }, done, failed) => {
		ask<Created>('produce', { id: send.id, kind, rtpParameters }).then(done, failed);
	});

	const remote = new MediaStream();
	const consume = async (producerId: string) => {
		const request = { id: receive.id, producerId, rtpCapabilities: device.recvRtpCapabilities };
		const consumer = await receive.consume(await ask<types.ConsumerOptions>('consume', request));
		remote.addTrack(consumer.track);
		const video = document.querySelector('video');
		if (video && video.srcObject !== remote) {
			video.srcObject = remote;
			void video.play();
		}
		await ask('resume', { consumerId: consumer.id });
	};
	onProducer = consume;
	const publish = async () => {
		const stream = await camera;
		const [video] = stream.getVideoTracks();
		const [audio] = stream.getAudioTracks();
		if (video) await send.produce({ track: video, encodings: CAMERA });
		if (audio) await send.produce({ track: audio });
	};
	await Promise.all([...[...producerIds, ...announced].map(consume), publish()]);
}

Object.assign(window, {
	call: enter,
	offerAnswer(room: string) {
		const button = document.createElement('button');
		button.textContent = 'answer';
		button.addEventListener('click', () => void enter(room));
		document.body.append(button);
	},
});
