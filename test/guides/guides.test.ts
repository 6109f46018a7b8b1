import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { guide } from '@counter-hub/shared/guides/guides.ts';
import { newHub } from '../platform/newHub.ts';
import { ask, type TestSocket } from '../platform/TestClient.ts';
import { codeOf, eventsOf, HANGZHOU, newPage, next, SONGJIANG } from '../sessions/newCounters.ts';
import { newCall } from '../sessions/newCall.ts';

const show = (socket: TestSocket, sessionId: string, more: object = {}) =>
	ask(socket, 'guide:show', {
		commandId: randomUUID(),
		sessionId,
		itemNo: 5,
		version: '2026.1',
		section: 'mistakes',
		...more,
	});

test('S4.4a everybody reads the guide of an item and city, in force or of an edition', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const read = async (path: string) => guide.parse(await clerk.get(path));
	const five = await read('/items/5/guide?city=330100');
	expect(five).toMatchObject({ itemNo: 5, cityCode: '330100', version: '2026.1', validFrom: '2026-01-01' });
	const textOf = ({ sections }: typeof five) => JSON.stringify(sections);
	expect(textOf(five)).toContain('杭州的登记机关');
	expect(textOf(await read('/items/5/guide?city=340100'))).toContain('合肥的登记机关');
	expect(await read('/items/5/guide?city=330100&version=2026.1')).toEqual(five);
	for (const [path, code] of [
		['/items/31/guide?city=330100', 'CASE-4001'],
		['/items/5/guide?city=330100&version=1999.1', 'GUIDE-4801'],
		['/items/5/guide', 'REQ-1001'],
		['/items/5/guide?city=110000', 'CITY-5801'],
		['/items/x/guide?city=330100', 'REQ-1001'],
		['/items/5/guide?city=330100&version=../..', 'REQ-1001'],
	] as const)
		expect(await clerk.refused('GET', path), path).toMatchObject({ code });
	expect((await hub.client().send('GET', '/items/5/guide?city=330100')).status).toBe(401);
});

test('V9 a section that one side puts before the other stands on the case and is told at another hub', async () => {
	const { hub, clerk, approver, caseId, sessionId } = await newCall();
	const other = await newHub({ sharing: hub });
	const page = await clerk.client.socket({ url: other.url, pageId: randomUUID() });
	onTestFinished(() => void page.close());
	await ask(page, 'case:watch', { caseId, head: 100 });
	const told = next(page, 'timeline:events', ({ events }) =>
		events.some(({ type }) => type === 'guide.shown'),
	);
	const commandId = randomUUID();
	await show(approver.socket, sessionId, { commandId });
	expect((await told).events.find(({ type }) => type === 'guide.shown')).toMatchObject({
		data: { itemNo: 5, cityCode: HANGZHOU, version: '2026.1', section: 'mistakes', title: '常见差错' },
		about: { sessionId },
		actor: { staffId: approver.staffId },
	});
	await show(approver.socket, sessionId, { commandId });
	await show(clerk.socket, sessionId, { itemNo: 1, section: 'materials' });
	const shown = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'guide.shown');
	expect(shown.map(({ data }) => data['itemNo'])).toEqual([5, 1]);
	expect(await codeOf(show(approver.socket, sessionId, { commandId, section: 'limit' }))).toBe('REQ-1009');
});

test('X2 H-2 sections that are none, garbage, and whoever is not in the call: refused by name', async () => {
	const { hub, clerk, approver, caseId, sessionId } = await newCall();
	const colleague = await newPage(hub, 'approver', HANGZHOU);
	const before = (await eventsOf(clerk.client, caseId)).length;
	const stranger = await newPage(hub, 'clerk', '320500');
	for (const [socket, more, code] of [
		[colleague.socket, {}, 'AUTH-2008'],
		[stranger.socket, {}, 'CALL-5001'],
		[clerk.socket, { section: 'nothing' }, 'GUIDE-4802'],
		[clerk.socket, { version: '1999.1' }, 'GUIDE-4801'],
		[clerk.socket, { itemNo: 999 }, 'CASE-4001'],
		[clerk.socket, { section: '../x' }, 'REQ-1001'],
		[clerk.socket, { text: '任意' }, 'REQ-1001'],
	] as const)
		expect(await codeOf(show(socket, sessionId, more))).toBe(code);
	await ask(approver.socket, 'session:hangUp', { commandId: randomUUID(), sessionId });
	expect(await codeOf(show(approver.socket, sessionId))).toBe('CALL-5003');
	const after = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'guide.shown');
	expect([before > 0, after]).toEqual([true, []]);
});
