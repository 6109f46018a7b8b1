import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { HubNotices } from '@counter-hub/shared/realtime/hubEvents.ts';
import { caseRoom } from '@counter-hub/hub-server/features/cases/caseRoom.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { z } from 'zod';
import { newHub } from '../platform/newHub.ts';
import { ask, type TestSocket } from '../platform/TestClient.ts';
import { openCase, writeOn } from './caseFixtures.ts';

type Told = z.infer<HubNotices['timeline:events']>;

function listen(socket: TestSocket): Told[] {
	const told: Told[] = [];
	socket.on('timeline:events', (notice) => told.push(notice));
	return told;
}
const seqs = (told: Told[]) => told.flatMap(({ events }) => events.map(({ seq }) => seq));

test('both sides see an event at once, in order and with names, after it was acknowledged', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const approver = await hub.signIn('approver', '330100');
	const { id } = await openCase(clerk);
	const [here, there] = [await clerk.socket(), await approver.socket()];
	const told = [listen(here), listen(there)];
	for (const socket of [here, there]) {
		const watched = await ask(socket, 'case:watch', { caseId: id, head: 0 });
		expect(watched).toMatchObject({
			head: 1,
			more: false,
			events: [{ type: 'case.opened', actorName: '陈静' }],
		});
	}
	await Promise.all(Array.from({ length: 20 }, (_, i) => writeOn(clerk, id, `记录 ${i}`)));
	await vi.waitFor(() => expect(told.map(seqs).map(({ length }) => length)).toEqual([20, 20]), 10_000);
	const expected = Array.from({ length: 20 }, (_, i) => i + 2);
	expect(told.map(seqs)).toEqual([expected, expected]);
	expect(told[1]?.[0]?.events[0]).toMatchObject({ actorName: '陈静', actorPlace: '松江专窗' });

	await ask(there, 'case:unwatch', { caseId: id });
	await writeOn(clerk, id, '再记一条');
	await vi.waitFor(() => expect(seqs(told[0] ?? [])).toContain(22), 10_000);
	expect(seqs(told[1] ?? [])).not.toContain(22);
	here.close();
	there.close();
});

test('a page that comes back with an old head gets what it missed', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	for (let i = 0; i < 5; i++) await writeOn(clerk, id, `记录 ${i}`);
	const socket = await clerk.socket();
	const missed = await ask(socket, 'case:watch', { caseId: id, head: 3 });
	expect(missed.events.map(({ seq }) => seq)).toEqual([4, 5, 6]);
	expect(missed).toMatchObject({ head: 6, more: false });
	socket.close();
});

test('who may not read a case cannot watch it; a view ends with the right to it', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	const stranger = await hub.signIn('clerk', '320500');
	const socket = await stranger.socket();
	await expect(ask(socket, 'case:watch', { caseId: id, head: 0 })).rejects.toMatchObject({
		code: 'AUTH-2008',
	});
	await expect(ask(socket, 'case:watch', { caseId: randomUUID(), head: 0 })).rejects.toMatchObject({
		code: 'CASE-4002',
	});
	await expect(ask(socket, 'case:watch', { caseId: { $ne: '' }, head: 0 } as never)).rejects.toMatchObject({
		code: 'REQ-1001',
	});

	const admin = await hub.signIn('administrator', '310117', { cities: ['310117', '320500'] });
	const mine = await clerk.socket();
	const told = listen(mine);
	const ended = once(mine as never, 'case:watchEnded');
	await ask(mine, 'case:watch', { caseId: id, head: 0 });
	const { staff } = await clerk.me();
	const post = { role: 'clerk', cities: ['320500'], counterId: seededCounterId('320500') };
	await admin.patch(`/staff/${staff.id}`, { version: staff.version, post });
	await vi.waitFor(
		() =>
			expect([...(hub.context.io.of('/hub').sockets.get(mine.id ?? '')?.rooms ?? [])]).not.toContain(
				caseRoom(id),
			),
		10_000,
	);
	expect(await ended).toEqual([{ caseId: id }]);
	const colleague = await hub.signIn('clerk', '310117');
	await writeOn(colleague, id, '调岗后的记录');
	expect(told).toEqual([]);
	socket.close();
	mine.close();
});

test('one socket watches at most twenty cases', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const socket = await clerk.socket();
	const ids = (await Promise.all(Array.from({ length: 21 }, () => openCase(clerk)))).map(({ id }) => id);
	for (const id of ids.slice(0, 20)) await ask(socket, 'case:watch', { caseId: id, head: 0 });
	await ask(socket, 'case:watch', { caseId: ids[0] ?? '', head: 0 });
	await expect(ask(socket, 'case:watch', { caseId: ids[20] ?? '', head: 0 })).rejects.toMatchObject({
		code: 'CASE-4005',
	});
	socket.close();
});

test('a new case is told to both counters', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const approver = await hub.signIn('approver', '330100');
	const socket = await approver.socket();
	const told = once(socket as never, 'case:changed');
	const { id } = await openCase(clerk);
	expect(await told).toEqual([{ caseId: id, state: 'open' }]);
	socket.close();
});

test('heads of watched cases are announced, so that even a lost last event is found', async () => {
	const hub = await newHub();
	const second = await newHub({ sharing: hub });
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	const elsewhere = second.client();
	elsewhere.token = clerk.token;
	const socket = await elsewhere.socket();
	await ask(socket, 'case:watch', { caseId: id, head: 1 });
	const heads: Record<string, number>[] = [];
	socket.on('timeline:heads', (notice) => heads.push(notice.heads));
	await writeOn(clerk, id, '另一台服务器上的记录');
	await vi.waitFor(() => expect(heads).toContainEqual({ [id]: 2 }), { timeout: 20_000, interval: 200 });
	socket.close();
});

test('A2 H-4 leaving wins over a request to watch that was asked before it, whichever is answered first', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const { id } = await openCase(clerk);
	const socket = await clerk.socket();
	const told = listen(socket);
	for (let i = 0; i < 10; i++) {
		await Promise.all([
			ask(socket, 'case:watch', { caseId: id, head: 1 }),
			ask(socket, 'case:unwatch', { caseId: id }),
		]);
		expect([...hub.context.io.of('/hub').adapter.rooms.keys()]).not.toContain(caseRoom(id));
	}
	// And coming back at once stays.
	await Promise.all([
		ask(socket, 'case:watch', { caseId: id, head: 1 }),
		ask(socket, 'case:unwatch', { caseId: id }),
		ask(socket, 'case:watch', { caseId: id, head: 1 }),
	]);
	await writeOn(clerk, id, '还在看着');
	await vi.waitFor(() => expect(seqs(told)).toEqual([2]), 10_000);
	socket.close();
});

test('A2 a case that may not be read takes no place among the twenty', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', '310117');
	const stranger = await hub.signIn('clerk', '330400');
	const foreign = await openCase(clerk);
	const socket = await stranger.socket();
	for (let i = 0; i < 21; i++) {
		const caseId = i % 2 === 0 ? foreign.id : randomUUID();
		await expect(ask(socket, 'case:watch', { caseId, head: 0 })).rejects.toMatchObject({
			code: i % 2 === 0 ? 'AUTH-2008' : 'CASE-4002',
		});
	}
	socket.close();
});
