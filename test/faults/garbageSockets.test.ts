import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { mediaRequests } from '@counter-hub/shared/media/mediaProtocol.ts';
import { ackOf } from '@counter-hub/shared/realtime/ack.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { TestPeer } from '../media/TestPeer.ts';
import { TestGrants } from '../platform/newMediaNode.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { openCase } from '../sessions/newCounters.ts';
import { CODES, INTERNAL, junk, own, sampleOf, spoiled, type JsonSchema } from './garbage.ts';
import { GarbageTarget } from './GarbageTarget.ts';
import { SEED } from './random.ts';

const grants = new TestGrants();
let target: GarbageTarget;
beforeAll(async () => {
	target = await GarbageTarget.start();
}, 120_000);
afterAll(() => target.close());

test('H-2 H-3 garbage for every event of the hub’s sockets is answered with a code, or is harmless', async () => {
	const [clerk, approver, supervisor] = target.people as [TestClient, TestClient, TestClient];
	const samples: Record<string, unknown> = Object.fromEntries(
		Object.entries(hubRequests).map(([event, { payload }]) => [
			event,
			{
				...(sampleOf(
					z.toJSONSchema(payload, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
					{},
				) as object),
				...('caseId' in payload.shape && { caseId: target.caseId }),
			},
		]),
	);
	const events = [...Object.keys(samples), 'constructor', '__proto__', 'no:such:event'];
	for (const client of [clerk, approver, supervisor]) {
		const socket: Socket = await client.socket();
		let asked = 0;
		const payloads = events.map((event) =>
			fc.record({ event: fc.constant(event), payload: event in samples ? spoiled(samples[event]) : junk }),
		);
		await fc.assert(
			fc.asyncProperty(fc.tuple(...payloads), async (batch) => {
				for (const { event, payload } of batch) {
					// Beyond the limit everything is refused alike.
					if (++asked > 290) return;
					const answer: unknown = await socket.timeout(10_000).emitWithAck(event, payload);
					const ack = ackOf(z.unknown()).parse(answer);
					if (ack.ok) {
						const commandId = own(payload, 'commandId');
						if (typeof commandId === 'string') target.accepted.add(commandId.toLowerCase());
					} else {
						expect(CODES).toContain(ack.error.code);
						expect(ack.error.code, `${event} ${JSON.stringify(payload)}`).not.toBe(INTERNAL);
					}
				}
			}),
			{ numRuns: 20, seed: SEED, endOnFailure: true },
		);
		socket.emit('case:watch', { caseId: target.caseId, head: 0 });
		socket.emit('case:watch');
		socket.emit('session:request', Buffer.alloc(1000), Buffer.alloc(1000), 1, 2, 3);
		socket.close();
	}
	await target.expectUnharmed();
}, 240_000);

test('H-2 frames that no client would send, numbers as names and floods leave the hub as it was', async () => {
	const [clerk] = target.people as [TestClient];
	const { url } = target.processes.hub.ready;
	const socket: Socket = await clerk.socket();
	const numbered: unknown = await socket.timeout(10_000).emitWithAck(42 as unknown as string, {});
	expect(numbered).toMatchObject({ ok: false, error: { code: 'REQ-1006' } });
	const flood = await Promise.all(
		Array.from({ length: 400 }, () => socket.timeout(10_000).emitWithAck('session:mine', { more: 1 })),
	);
	expect(JSON.stringify(flood.at(-1))).toContain('REQ-1005');
	const cut = new Promise((settle) => socket.once('disconnect', settle));
	socket.emit('case:watch', { caseId: 'x'.repeat(300_000) });
	await cut;

	const stranger = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
	const refusal = await new Promise<Error>((settle) => stranger.once('connect_error', settle));
	expect(refusal.message).toBe('unknownNamespace');
	stranger.close();

	const hello = `40/hub,${JSON.stringify({ token: clerk.token, pageId: randomUUID(), windowId: null })}`;
	for (const frames of [
		['4', '40', '9', '', '2probe', '5'],
		[hello, '42/hub,', '42/hub,["case:watch"', '42/hub,{}', '42/hub,[]', '42/hub,[null]'],
		[hello, '451-/hub,["case:watch",{"_placeholder":true,"num":0}]', new Uint8Array(1000)],
		[hello, '45999999999-/hub,["x",{"_placeholder":true,"num":-1}]', new Uint8Array(10)],
		[hello, `42/hub,0["case:watch",${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
		[hello, `451-/hub,0["case:watch",${'['.repeat(50_000)}${']'.repeat(50_000)}]`, new Uint8Array(1)],
		['40/nodes,{"credential":"guessed-credential-guessed-credential"}', '42/nodes,["node:fact",{}]'],
		[new Uint8Array(200_000)],
	]) {
		await sendFrames(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, frames);
	}
	await target.expectUnharmed();
}, 120_000);

test('M-14 garbage on the sockets of the media node is answered with a code, and node and worker live on', async () => {
	const { signalUrl } = target.processes.node?.ready ?? { signalUrl: '' };
	await expect(TestPeer.join(signalUrl, { token: grants.sign() })).rejects.toMatchObject({
		code: 'MEDIA-6001',
	});
	const [clerk, approver] = target.people as [TestClient, TestClient];
	const page: Socket = await clerk.socket();
	const other = await openCase(approver).catch(() => openCase(clerk));
	const asked = { commandId: randomUUID(), caseId: other, purpose: 'review', note: '', callsBack: null };
	const request: unknown = await page.timeout(10_000).emitWithAck('session:request', asked);
	await target.acceptAll();
	const { admission } = z
		.object({ data: z.object({ admission: z.object({ token: z.string() }) }) })
		.parse(request).data;
	const peer = await TestPeer.join(signalUrl, admission);
	const events = Object.keys(mediaRequests).filter((event) => event !== 'leave');
	await fc.assert(
		fc.asyncProperty(fc.constantFrom(...events, '__proto__', 'x'), junk, async (event, payload) => {
			const ack = await peer.askRaw(event, payload);
			if (!ack.ok) expect([...CODES].filter((code) => code !== INTERNAL)).toContain(ack.error.code);
		}),
		{ numRuns: 100, seed: SEED, endOnFailure: true },
	);
	await peer.ready();
	await peer.produce('camera');
	const ws = `${signalUrl.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
	const hello = `40/media,${JSON.stringify({ token: admission.token, pageId: randomUUID() })}`;
	await sendFrames(ws, [
		hello,
		'42/media,',
		'42/media,[5]',
		'451-/media,["produce",{"_placeholder":true,"num":0}]',
	]);
	await sendFrames(ws, [hello, `42/media,0["produce",${'['.repeat(50_000)}${']'.repeat(50_000)}]`]);
	await sendFrames(ws, ['x'.repeat(200_000)]);
	peer.close();
	page.close();
	await target.expectUnharmed();
}, 120_000);

/** Sends frames over a bare WebSocket, then closes it, unless the server does so before. */

async function sendFrames(url: string, frames: (string | Uint8Array<ArrayBuffer>)[]): Promise<void> {
	const socket = new WebSocket(url);
	const closed = once(socket, 'close');
	const [greeting] = (await once(socket, 'message')) as [MessageEvent<string>];
	expect(greeting.data).toMatch(/^0\{/);
	for (const frame of frames) if (socket.readyState === WebSocket.OPEN) socket.send(frame);
	// Enough for the server to read them: it answers, or cuts the connection.
	await Promise.race([closed, sleep(300)]);
	socket.close();
	await closed;
}
