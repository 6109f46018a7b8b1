import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { ackOf, request } from '@counter-hub/shared/realtime/ack.ts';
import { SOCKET_REQUESTS } from '@counter-hub/hub-server/limits.ts';
import {
	RequestRouter,
	type RequestNamespace,
} from '@counter-hub/hub-server/platform/socket/RequestRouter.ts';
import { newPlatform } from './newPlatform.ts';

const requests = {
	'thing:double': request(z.strictObject({ n: z.int() }), z.object({ n: z.int() })),
	'thing:fail': request(z.strictObject({}), z.object({})),
	'thing:bug': request(z.strictObject({}), z.object({})),
};
type Notices = Record<string, z.ZodType>;
const answer = ackOf(z.unknown());

async function newSocket(headers: Record<string, string> = {}): Promise<Socket> {
	const hub = await newPlatform((context) => {
		const { logger, metrics, shutdown } = context;
		const namespace = context.io.of('/things') as RequestNamespace<Notices, object>;
		const router = new RequestRouter<Notices, object>({
			namespace,
			logger,
			metrics,
			shutdown,
		});
		router.handle(requests, {
			'thing:double': ({ n }) => ({ n: n * 2 }),
			'thing:fail': () => {
				throw new AppError('notAllowed', { detail: 'not you' });
			},
			'thing:bug': () => {
				throw new Error('the secret of the bug');
			},
		});
	});
	const socket = io(`${hub.url}/things`, {
		extraHeaders: headers,
		reconnection: false,
		transports: ['websocket'],
	});
	onTestFinished(() => void socket.close());
	return socket;
}
const ask = async (socket: Socket, ...event: [string, ...unknown[]]) =>
	answer.parse(await socket.timeout(5000).emitWithAck(...event));
const codeOf = async (socket: Socket, ...event: [string, ...unknown[]]) => {
	const ack = await ask(socket, ...event);
	return ack.ok ? 'ok' : ack.error.code;
};

test('a request is parsed, answered, and its failure is a coded problem', async () => {
	const socket = await newSocket();
	expect(await ask(socket, 'thing:double', { n: 21 })).toEqual({ ok: true, data: { n: 42 } });
	expect(await codeOf(socket, 'thing:double', { n: 'x' })).toBe('REQ-1001');
	expect(await codeOf(socket, 'thing:double', { n: { $gt: 0 } })).toBe('REQ-1001');
	expect(await codeOf(socket, 'thing:double', { n: 1, more: 1 })).toBe('REQ-1001');
	expect(await codeOf(socket, 'thing:double')).toBe('REQ-1001');
	expect(await codeOf(socket, 'thing:double', null)).toBe('REQ-1001');
	expect(await codeOf(socket, 'thing:fail', {})).toBe('AUTH-2008');
	expect(await codeOf(socket, 'thing:nix', {})).toBe('REQ-1006');
	const bug = await ask(socket, 'thing:bug', {});
	expect(bug).toMatchObject({ ok: false, error: { code: 'SYS-9999' } });
	expect(JSON.stringify(bug)).not.toContain('secret');
});

test('a missing acknowledgement is tolerated', async () => {
	const socket = await newSocket();
	socket.emit('thing:double', { n: 1 }).emit('thing:nix').emit('thing:bug', {});
	expect(await codeOf(socket, 'thing:double', { n: 1 })).toBe('ok');
});

test('one socket that floods is refused, and served again later', { timeout: 30_000 }, async () => {
	const socket = await newSocket();
	const codes = await Promise.all(
		Array.from({ length: SOCKET_REQUESTS.points + 50 }, () => codeOf(socket, 'thing:double', { n: 1 })),
	);
	expect(codes.filter((code) => code === 'ok')).toHaveLength(SOCKET_REQUESTS.points);
	expect(codes.filter((code) => code === 'REQ-1005')).toHaveLength(50);
	await pause(SOCKET_REQUESTS.durationS * 1000);
	expect(await codeOf(socket, 'thing:double', { n: 1 })).toBe('ok');
});

test('pages of other origins get no socket', async () => {
	const socket = await newSocket({ origin: 'https://elsewhere.example' });
	await expect(new Promise((_resolve, reject) => socket.on('connect_error', reject))).rejects.toThrow();
});
