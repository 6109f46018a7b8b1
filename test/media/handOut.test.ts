import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { SPANS_NAMESPACE } from '@counter-hub/shared/media/spanProtocol.ts';
import { Server, type Socket } from 'socket.io';
import { expect, onTestFinished, test } from 'vitest';
import { newMediaNode, TestGrants } from '../platform/newMediaNode.ts';
import { sampleRtp, TestPeer } from './TestPeer.ts';

type Answer = (ack: { ok: true; data: object }) => void;
type Entering = Record<'seatId' | 'workerId', string>;

/** A home that says what the test says: it lets everybody in, and orders what it likes. */
async function lyingHome() {
	const http = createServer();
	const io = new Server(http);
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const seat = Promise.withResolvers<{ socket: Socket; seatId: string; workerId: string }>();
	io.of(SPANS_NAMESPACE).on('connection', (socket) => {
		socket.on('span:resume', (_held: unknown, answer: Answer) => {
			answer({ ok: true, data: { seats: [], taps: [], pipes: [] } });
		});
		socket.on('seat:enter', ({ seatId, workerId }: Entering, answer: Answer) => {
			answer({ ok: true, data: {} });
			seat.resolve({ socket, seatId, workerId });
		});
	});
	onTestFinished(() => io.close());
	return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seat: seat.promise };
}

test('X6 B-4 a home that orders a stream for whom its owner does not mean it is not obeyed', async () => {
	const grants = new TestGrants();
	const home = await lyingHome();
	const away = await newMediaNode({ grants, limits: { spanAnswerMs: 300 } });
	onTestFinished(() => away.close());
	const [roomId, participantId] = [newId(), randomUUID()];
	const token = grants.sign({ roomId, participantId, home: { nodeId: 'lying', url: home.url } });
	const page = await TestPeer.join(away.signalUrl, { token });
	onTestFinished(() => page.close());
	const { socket, seatId, workerId } = await home.seat;
	const order = async (event: string, payload: object): Promise<unknown> =>
		await socket.timeout(5_000).emitWithAck(event, payload);
	const { routerRtpCapabilities: rtpCapabilities } = page.last('welcome');
	await page.askRaw('ready', { rtpCapabilities });
	const pipeId = randomUUID();
	const srtp = { cryptoSuite: 'AEAD_AES_256_GCM', keyBase64: randomBytes(44).toString('base64') };
	const end = { ip: '127.0.0.1', port: 9, srtp };
	expect(await order('pipe:open', { pipeId, workerId, end })).toMatchObject({ ok: true });
	expect(await order('seat:place', { seatId, pipeId })).toMatchObject({ ok: true });
	const make = (owner: string) => {
		const { mid: _mid, ...rtpParameters } = sampleRtp('microphone');
		const piped = { kind: 'audio', rtpParameters };
		return order('tap:make', { seatId, streamId: randomUUID(), source: 'microphone', owner, piped });
	};
	const refused = { ok: false, error: { code: 'AUTH-2008' } };
	const whisper = (to: string) => [{ source: 'microphone' as const, audience: [to] }];
	expect(await make(grants.sign({ roomId, publish: whisper(randomUUID()) }))).toMatchObject(refused);
	expect(await make(grants.sign({ roomId: newId() }))).toMatchObject(refused);
	expect(await make(new TestGrants().sign({ roomId }))).toMatchObject(refused);
	expect(await make(grants.sign({ roomId, publish: whisper(participantId) }))).toMatchObject({ ok: true });
});
