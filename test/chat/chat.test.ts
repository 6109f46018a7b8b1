import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { chatPage } from '@counter-hub/shared/chat/chat.ts';
import { newHub } from '../platform/newHub.ts';
import { HARMLESS_NUMBERS, ODD_NUMBERS } from '../platform/oddNumbers.ts';
import { ask, type TestClient, type TestSocket } from '../platform/TestClient.ts';
import {
	codeOf,
	eventsOf,
	firstRing,
	HANGZHOU,
	newCounters,
	newPage,
	next,
	openCase,
	openPage,
	request,
	SONGJIANG,
} from '../sessions/newCounters.ts';
import { newCall } from '../sessions/newCall.ts';

const say = (socket: TestSocket, sessionId: string, text: string, commandId: string = randomUUID()) =>
	ask(socket, 'chat:say', { commandId, sessionId, text });

async function saidOn(client: TestClient, caseId: string, query = '') {
	const { said, more } = chatPage.parse(await client.get(`/cases/${caseId}/chat${query}`));
	return { texts: said.map(({ data }) => data['text']), more, said };
}

test('V9 what either side writes in a call is on the case, about the call, and reaches the other side at another hub', async () => {
	const { hub, clerk, approver, caseId, sessionId } = await newCall();
	const other = await newHub({ sharing: hub });
	const away = await approver.client.socket({ url: other.url, pageId: randomUUID() });
	onTestFinished(() => void away.close());
	await ask(away, 'case:watch', { caseId, head: 100 });
	const told = next(away, 'timeline:events', ({ events }) => events.some(({ type }) => type === 'chat.said'));
	await say(clerk.socket, sessionId, '在的，经办人正在取。\n请稍等。');
	const { events } = await told;
	expect(events.find(({ type }) => type === 'chat.said')).toMatchObject({
		data: { text: '在的，经办人正在取。\n请稍等。' },
		about: { sessionId },
		actor: { staffId: clerk.staffId, duty: 'receiving' },
	});
	const answered = await say(away, sessionId, '副本也请放到镜头下。');
	expect(answered.events[0]).toMatchObject({ actor: { staffId: approver.staffId, duty: 'permit' } });
	expect((await saidOn(clerk.client, caseId)).texts).toEqual([
		'在的，经办人正在取。\n请稍等。',
		'副本也请放到镜头下。',
	]);
});

test('X2 only the parties of a call that goes on write in it; whoever reads the case reads it', async () => {
	const { hub, clerk, approver, caseId, sessionId } = await newCall();
	const colleague = await newPage(hub, 'clerk', SONGJIANG);
	const stranger = await newPage(hub, 'clerk', '320500');
	expect(await codeOf(say(colleague.socket, sessionId, '我也在'))).toBe('AUTH-2008');
	expect(await codeOf(say(stranger.socket, sessionId, '我也在'))).toBe('CALL-5001');
	expect(await codeOf(say(clerk.socket, randomUUID(), '谁在'))).toBe('CALL-5001');
	await say(approver.socket, sessionId, '看清了。');
	for (const [role, city, status] of [
		['clerk', SONGJIANG, 200],
		['supervisor', HANGZHOU, 200],
		['clerk', '320500', 403],
		['supervisor', '340100', 403],
		['administrator', SONGJIANG, 403],
	] as const) {
		const who = await hub.signIn(role, city);
		expect((await who.send('GET', `/cases/${caseId}/chat`)).status, `${role} ${city}`).toBe(status);
	}
	const commandId = randomUUID();
	await say(clerk.socket, sessionId, '好。', commandId);
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId });
	expect(await codeOf(say(clerk.socket, sessionId, '还有一句'))).toBe('CALL-5003');
	// An answer that was lost is given again, also after the call.
	expect((await say(clerk.socket, sessionId, '好。', commandId)).events[0]?.data).toEqual({ text: '好。' });
});

test('V9 nobody writes while it rings', async () => {
	const { clerk, approver } = await newCounters();
	const caseId = await openCase(clerk.client);
	const { session } = await request(clerk, caseId);
	await firstRing(approver);
	expect(await codeOf(say(clerk.socket, session.id, '请接'))).toBe('CALL-5004');
	expect(await codeOf(say(approver.socket, session.id, '来了'))).toBe('AUTH-2008');
});

test('H-7 the same words with the same id stand once; the id cannot be used for others', async () => {
	const { clerk, caseId, sessionId } = await newCall();
	const commandId = randomUUID();
	const answers = await Promise.all([1, 2, 3, 4].map(() => say(clerk.socket, sessionId, '一次', commandId)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await codeOf(say(clerk.socket, sessionId, '两次', commandId))).toBe('REQ-1009');
	const second = await openPage(clerk.client, randomUUID());
	await say(second.socket, sessionId, '一次', commandId);
	expect((await saidOn(clerk.client, caseId)).texts).toEqual(['一次']);
});

test('F10 T-11 personal numbers in any disguise, nothing, too much and garbage are refused, and nothing stays', async () => {
	const { clerk, caseId, sessionId } = await newCall();
	const before = (await eventsOf(clerk.client, caseId)).length;
	for (const number of ODD_NUMBERS)
		expect(await codeOf(say(clerk.socket, sessionId, `电话 ${number}，请联系`)), number).toBe('FORM-1105');
	for (const text of ['', '  \n ', '长'.repeat(501), 'half \ud83d'])
		expect(await codeOf(say(clerk.socket, sessionId, text))).toBe('REQ-1001');
	for (const bad of [{}, null, { commandId: 1 }, { commandId: randomUUID(), sessionId, text: ['a'] }])
		expect(await codeOf(ask(clerk.socket, 'chat:say', bad as never))).toBe('REQ-1001');
	expect((await eventsOf(clerk.client, caseId)).length).toBe(before);
	for (const text of HARMLESS_NUMBERS) await say(clerk.socket, sessionId, text);
	expect((await saidOn(clerk.client, caseId)).texts).toEqual(HARMLESS_NUMBERS);
});

test('V9 what was said is listed by pages, from earlier calls too', async () => {
	const { clerk, caseId, sessionId } = await newCall();
	for (let i = 1; i <= 5; i++) await say(clerk.socket, sessionId, `第 ${i} 句`);
	const newest = await saidOn(clerk.client, caseId, '?limit=2');
	expect(newest).toMatchObject({ texts: ['第 4 句', '第 5 句'], more: true });
	const before = newest.said[0]?.seq ?? 0;
	expect(await saidOn(clerk.client, caseId, `?before=${before}`)).toMatchObject({
		texts: ['第 1 句', '第 2 句', '第 3 句'],
		more: false,
	});
	expect(await clerk.client.refused('GET', `/cases/${caseId}/chat?before=0`)).toMatchObject({
		code: 'REQ-1001',
	});
});
