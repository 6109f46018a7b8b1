import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { HubNotices } from '@counter-hub/shared/realtime/hubEvents.ts';
import { presenceModel } from '@counter-hub/hub-server/features/presence/Presence.model.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { z } from 'zod';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import { answer, HANGZHOU, newCounters, request, SONGJIANG } from '../sessions/newCounters.ts';

/** Three hubs on one database. */
async function threeHubs(): Promise<[TestHub, TestHub, TestHub]> {
	const first = await newHub();
	return [first, await newHub({ sharing: first }), await newHub({ sharing: first })];
}

/** A page of somebody at that hub, wherever he signed in. */
async function pageAt(client: TestClient, hub: TestHub, pageId: string = randomUUID()): Promise<TestSocket> {
	const socket = await client.socket({ url: hub.url, pageId });
	onTestFinished(() => void socket.close());
	return socket;
}

function heardOf<K extends keyof HubNotices>(socket: TestSocket, name: K): z.infer<HubNotices[K]>[] {
	const heard: z.infer<HubNotices[K]>[] = [];
	const untyped: { on(event: string, listener: (notice: z.infer<HubNotices[K]>) => void): unknown } = socket;
	untyped.on(name, (notice) => void heard.push(notice));
	return heard;
}

test('X-1 S2.1 the timeline of a case is the same at three hubs: every event once, in order', async () => {
	const hubs = await threeHubs();
	const clerk = await hubs[0].signIn('clerk', SONGJIANG);
	const approver = await hubs[0].signIn('approver', HANGZHOU);
	const { id } = await openCase(clerk);
	const pages = await Promise.all(hubs.flatMap((hub) => [pageAt(clerk, hub), pageAt(approver, hub)]));
	const heard = pages.map((page) => heardOf(page, 'timeline:events'));
	for (const page of pages) await ask(page, 'case:watch', { caseId: id, head: 1 });
	for (let i = 0; i < 9; i++) {
		const look = { commandId: randomUUID(), reason: `记录 ${i}` };
		const { status } = await clerk.send('POST', `${hubs[i % 3]!.url}/api/v1/cases/${id}/unmask`, look);
		expect(status).toBeLessThan(300);
	}
	for (const told of heard) {
		await expect
			.poll(() => told.flatMap(({ events }) => events.map(({ seq }) => seq)))
			.toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
	}
});

test('H-6 pages that go as soon as they have come leave no presence behind', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	await Promise.all(
		Array.from({ length: 30 }, async () => (await clerk.socket({ pageId: randomUUID() })).close()),
	);
	const stays = await pageAt(clerk, hub);
	await ask(stays, 'presence:renew', { windowId: null });
	await expect.poll(() => presenceModel(hub.context.connection).countDocuments()).toBe(1);
});

test('X-1 a new case shows in the lists of both counters, once, at whichever hub, when it can be read there', async () => {
	const hubs = await threeHubs();
	const clerk = await hubs[0].signIn('clerk', SONGJIANG);
	const approver = await hubs[0].signIn('approver', HANGZHOU);
	const pages = await Promise.all(hubs.map((hub) => pageAt(approver, hub)));
	const heard = pages.map((page) => heardOf(page, 'case:changed'));
	const { id } = await openCase(clerk);
	for (const [i, told] of heard.entries()) {
		await expect.poll(() => told).toEqual([{ caseId: id, state: 'open' }]);
		const { body } = await approver.send('GET', `${hubs[i]!.url}/api/v1/cases`);
		expect(body).toMatchObject({ cases: [{ id }] });
	}
});

test('X-2 H-6 who comes and who goes is seen at every hub', async () => {
	const hubs = await threeHubs();
	const watcher = await hubs[0].signIn('approver', HANGZHOU);
	const pages = await Promise.all(hubs.map((hub) => pageAt(watcher, hub)));
	const heard = pages.map((page) => heardOf(page, 'presence:changed'));
	const clerk = await hubs[0].signIn('clerk', SONGJIANG, { displayName: '陈静' });
	const socket = await pageAt(clerk, hubs[1]);
	const peopleAt = (told: (typeof heard)[number]) =>
		told
			.at(-1)
			?.counters.find(({ counterId }) => counterId === seededCounterId(SONGJIANG))
			?.people.map(({ displayName }) => displayName);
	// A look by the clock comes every ten seconds; a signal is there at once.
	for (const told of heard) await expect.poll(() => peopleAt(told), { timeout: 5_000 }).toEqual(['陈静']);
	socket.close();
	for (const told of heard) await expect.poll(() => peopleAt(told), { timeout: 5_000 }).toEqual([]);
});

test('X-2 H-1 a revoked sign-in is told and cut at whichever hub its page is', async () => {
	const hubs = await threeHubs();
	// Nobody looks by the clock.
	for (const hub of hubs) await hub.context.sweeper.stop();
	const clerk = await hubs[0].signIn('clerk', SONGJIANG);
	const pages = await Promise.all(hubs.map((hub) => pageAt(clerk, hub)));
	const revoked = pages.map((page) => heardOf(page, 'auth:revoked'));
	await clerk.delete(`/auth/sign-ins/${clerk.signInId}`);
	for (const [i, page] of pages.entries()) {
		await expect.poll(() => page.connected).toBe(false);
		expect(revoked[i]).toMatchObject([{ code: 'AUTH-2004' }]);
	}
});

test('X-2 H-5 another post counts at once at every hub', async () => {
	const hubs = await threeHubs();
	for (const hub of hubs) await hub.context.sweeper.stop();
	const administrator = await hubs[0].signIn('administrator', SONGJIANG, { cities: [SONGJIANG, '330400'] });
	const clerk = await hubs[0].signIn('clerk', SONGJIANG);
	const { id } = await openCase(clerk);
	const page = await pageAt(clerk, hubs[2]);
	await ask(page, 'case:watch', { caseId: id, head: 1 });
	const { staff } = await clerk.me();
	await administrator.patch(`/staff/${staff.id}`, {
		version: 1,
		post: { role: 'clerk', cities: ['330400'], counterId: seededCounterId('330400') },
	});
	await expect
		.poll(() =>
			ask(page, 'case:watch', { caseId: id, head: 1 }).then(
				() => 'readable',
				(error: unknown) => (error as { code?: string }).code,
			),
		)
		.toBe('AUTH-2008');
});

test('X-2 S-9 a call that moves to a page at another hub is told to the first, once', async () => {
	const { hub, clerk, approver } = await newCounters();
	const other = await newHub({ sharing: hub });
	const caseId = await openCase(clerk.client).then(({ id }) => id);
	const { session } = await request(clerk, caseId);
	await answer(approver, session.id);
	const told = heardOf(clerk.socket, 'session:takenOver');
	const pageId = randomUUID();
	const second = await pageAt(clerk.client, other, pageId);
	const { admission } = await ask(second, 'session:admit', { sessionId: session.id, takeOver: true });
	expect(admission).toMatchObject({ roomId: session.id, stage: 'member' });
	await expect.poll(() => told).toEqual([{ sessionId: session.id, pageId }]);
});
