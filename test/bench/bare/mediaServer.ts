/**
 * The baseline of `join` and `media`: the smallest correct application on mediasoup. One worker, one router per
 * room, one send and one receive transport per client; no rights, no recovery, no validation.
 * Prints `{"ready":true,"url":…,"rtcPort":…}`. `BARE_PAGE`: file with the bundled page script.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createWorker, type types } from 'mediasoup';
import { Server, type Socket } from 'socket.io';

const mediaCodecs: types.RouterRtpCodecCapability[] = [
	{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 },
	{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
];

interface Room {
	router: types.Router;
	producers: Map<string, types.Producer>;
}

const listen = { ip: '127.0.0.1', port: 0 };
const worker = await createWorker({ logLevel: 'error' });
const webRtcServer = await worker.createWebRtcServer({
	listenInfos: [
		{ protocol: 'udp', ...listen },
		{ protocol: 'tcp', ...listen },
	],
});
const { udpSockets } = await webRtcServer.dump();
const rtcPort = udpSockets[0]?.port;
const rooms = new Map<string, Promise<Room>>();

async function createRoom(): Promise<Room> {
	return { router: await worker.createRouter({ mediaCodecs }), producers: new Map() };
}

const script = process.env.BARE_PAGE;
const http = createServer((request, response) => {
	const isScript = request.url === '/page.js' && script !== undefined;
	response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
	response.end(
		isScript ? readFileSync(script) : '<!doctype html><video></video><script src="/page.js"></script>',
	);
});
const io = new Server(http, { transports: ['websocket'] });

io.on('connection', (socket: Socket) => {
	const roomId = String(socket.handshake.auth.room);
	let room = rooms.get(roomId);
	if (!room) rooms.set(roomId, (room = createRoom()));
	serve(socket, roomId, room);
});

function serve(socket: Socket, roomId: string, opening: Promise<Room>) {
	const transports = new Map<string, types.WebRtcTransport>();
	const consumers = new Map<string, types.Consumer>();
	const transport = (id: string) => transports.get(id) ?? fail('no such transport');

	type Handler = (request: never) => unknown;
	const handlers: Record<string, Handler> = {
		async join() {
			const { router, producers } = await opening;
			await socket.join(roomId);
			return { routerRtpCapabilities: router.rtpCapabilities, producerIds: [...producers.keys()] };
		},
		async transport() {
			const { router } = await opening;
			const created = await router.createWebRtcTransport({ webRtcServer, enableUdp: true, enableTcp: true });
			transports.set(created.id, created);
			const { id, iceParameters, iceCandidates, dtlsParameters } = created;
			return { id, iceParameters, iceCandidates, dtlsParameters };
		},
		async connectTransport({ id, dtlsParameters }: { id: string; dtlsParameters: types.DtlsParameters }) {
			await transport(id).connect({ dtlsParameters });
		},
		async produce({ id, ...options }: { id: string } & types.ProducerOptions) {
			const { producers } = await opening;
			const producer = await transport(id).produce(options);
			producers.set(producer.id, producer);
			producer.observer.once('close', () => producers.delete(producer.id));
			socket.to(roomId).emit('producer', { producerId: producer.id });
			return { id: producer.id };
		},
		async consume({ id, ...options }: { id: string } & types.ConsumerOptions) {
			const consumer = await transport(id).consume({ ...options, paused: true });
			consumers.set(consumer.id, consumer);
			const { kind, rtpParameters, producerId } = consumer;
			return { id: consumer.id, kind, rtpParameters, producerId };
		},
		async resume({ consumerId }: { consumerId: string }) {
			await (consumers.get(consumerId) ?? fail('no such consumer')).resume();
		},
	};
	for (const [name, handle] of Object.entries(handlers)) {
		socket.on(name, (request: unknown, answer: (result: unknown) => void) => {
			void Promise.resolve(handle(request as never)).then(
				(data) => answer({ data: data ?? {} }),
				(error: unknown) => answer({ error: String(error) }),
			);
		});
	}
	socket.on('disconnect', () => {
		for (const each of transports.values()) each.close();
	});
}

function fail(why: string): never {
	throw new Error(why);
}

http.listen(0, '127.0.0.1', () => {
	const address = http.address();
	if (typeof address !== 'object' || address === null) throw new Error('no address');
	console.log(JSON.stringify({ ready: true, url: `http://127.0.0.1:${address.port}`, rtcPort }));
});
process.on('SIGTERM', () => process.exit(0));
