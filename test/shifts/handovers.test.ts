import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { caseModel } from '@counter-hub/hub-server/features/cases/Case.model.ts';
import { shiftModel } from '@counter-hub/hub-server/features/shifts/shiftProjections.ts';
import { handoverDraft } from '@counter-hub/shared/shifts/shifts.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import {
	answer,
	attachNode,
	eventsOf,
	HANGZHOU,
	newPage,
	openCase,
	openPage,
	request,
	SONGJIANG,
} from '../sessions/newCounters.ts';
import { ask } from '../platform/TestClient.ts';
import { OnDuty } from './newShifts.ts';

/** Two clerks of a counter on shift; the first has a case under work. */
async function newPair() {
	const hub = await newHub();
	const [chen, gu] = [await onDuty(hub, '陈静'), await onDuty(hub, '顾彤')];
	const caseId = await openCase(chen.client);
	const receiver = (await gu.client.me()).staff.id;
	const offer = {
		to: receiver,
		cases: [caseId],
		sessions: [],
		seals: ['业务专用章 01'],
		documents: ['营业执照副本'],
	};
	return { hub, chen, gu, caseId, receiver, offer };
}

async function onDuty(hub: TestHub, displayName: string): Promise<OnDuty> {
	const duty = new OnDuty(await hub.signIn('clerk', SONGJIANG, { onShift: true, displayName }));
	await duty.own();
	return duty;
}

test('S4.4c what is handed over is confirmed thing by thing by the person named; a case passes on with its timeline', async () => {
	const { hub, chen, gu, caseId, receiver, offer } = await newPair();
	const draft = handoverDraft.parse(await chen.client.get(`/shifts/${chen.shiftId}/handover`));
	expect(draft.things.map(({ thing }) => thing.kind)).toEqual(['case']);
	expect(draft.things[0]?.title).toContain('杭州澄砚精密仪器有限公司');
	expect(draft.receivers).toEqual([{ staffId: receiver, displayName: '顾彤', onShift: true }]);

	const offered = await chen.step('handover', offer);
	expect(offered.shift?.handover).toMatchObject({ state: 'offered', confirmed: [] });
	expect(offered.shift?.receiverName).toBe('顾彤');
	expect(await chen.refused('close', { unhanded: null })).toBe('SHIFT-5708');
	// Nobody else confirms, and not what is not in it.
	const stranger = await onDuty(hub, '许文');
	expect(await stranger.refused('handover/confirm', { key: 'seal:1' }, chen.shiftId)).toBe('SHIFT-5701');
	expect(await gu.refused('handover/confirm', { key: 'seal:9' }, chen.shiftId)).toBe('SHIFT-5710');

	const waiting = await gu.own();
	expect(waiting.offered.map(({ things }) => things.map(({ thing }) => thing.key))).toEqual([
		[`case:${caseId}`, 'seal:1', 'document:1'],
	]);
	for (const key of ['seal:1', 'document:1']) await gu.step('handover/confirm', { key }, chen.shiftId);
	expect((await chen.own()).shift?.handover).toMatchObject({
		state: 'offered',
		confirmed: ['seal:1', 'document:1'],
	});
	const done = await gu.step('handover/confirm', { key: `case:${caseId}` }, chen.shiftId);
	expect(done.offered).toEqual([]);
	expect((await chen.own()).shift?.handover?.state).toBe('done');
	expect(await gu.refused('handover/confirm', { key: 'seal:1' }, chen.shiftId)).toBe('SHIFT-5710');

	const { id: from } = (await chen.client.me()).staff;
	await expect
		.poll(async () => (await eventsOf(gu.client, caseId)).map(({ type }) => type))
		.toContain('case.handedOver');
	await expect
		.poll(async () => (await caseModel(hub.context.connection).findById(caseId).lean())?.staff)
		.toEqual([receiver]);
	expect(from).not.toBe(receiver);
	expect((await chen.step('close', { unhanded: null })).shift).toMatchObject({
		state: 'closed',
		unhanded: null,
	});
	// The seal and the paper are the receiver's now, and the next handover begins with them.
	const next = handoverDraft.parse(await gu.client.get(`/shifts/${gu.shiftId}/handover`));
	expect(next.things.map(({ title }) => title)).toEqual(
		expect.arrayContaining(['业务专用章 01', '营业执照副本']),
	);
});

test('S4.4c a handover that nobody confirms: the giver goes only by saying why, and it stays open until the night', async () => {
	const start = Date.now();
	let now = start;
	const hub = await newHub({ now: () => now });
	const [chen, gu] = [await onDuty(hub, '陈静'), await onDuty(hub, '顾彤')];
	const { id: to } = (await gu.client.me()).staff;
	const offer = { to, cases: [], sessions: [], seals: ['公章'], documents: [] };
	await chen.step('handover', offer);
	expect(await chen.refused('handover', offer)).toBe('SHIFT-5709');
	expect(await chen.refused('close', { unhanded: null })).toBe('SHIFT-5708');
	const closed = await chen.step('close', { unhanded: '接收人临时外出，公章锁入保险柜' });
	expect(closed.shift).toMatchObject({ state: 'closed', handover: { state: 'offered' } });
	expect((await gu.own()).offered).toHaveLength(1);
	// In the small hours after the day it is over, and what nobody closed as well.
	now += 30 * 3_600_000;
	await expect
		.poll(
			async () => (await shiftModel(hub.context.connection).findById(chen.shiftId).lean())?.handover?.state,
			{
				timeout: 90_000,
			},
		)
		.toBe('lapsed');
	await expect
		.poll(() => shiftModel(hub.context.connection).findById(gu.shiftId).lean(), { timeout: 90_000 })
		.toMatchObject({ state: 'closed', lapsed: true });
}, 240_000);

test('S4.4c an offer is declined with a reason or taken back, and goes to colleagues of the counter only', async () => {
	const { hub, chen, gu, offer } = await newPair();
	const elsewhere = (await (await hub.signIn('approver', HANGZHOU)).me()).staff.id;
	const { id: self } = (await chen.client.me()).staff;
	for (const to of [elsewhere, self, randomUUID()])
		expect(await chen.refused('handover', { ...offer, to })).toBe('SHIFT-5711');
	const nothing = { ...offer, cases: [randomUUID()], seals: [], documents: [] };
	expect(await chen.refused('handover', nothing)).toBe('SHIFT-5712');
	await chen.step('handover', offer);
	await gu.step('handover/decline', { reason: '证照数量不符' }, chen.shiftId);
	expect((await chen.own()).shift?.handover).toMatchObject({ state: 'declined', reason: '证照数量不符' });
	await chen.step('handover', offer);
	await chen.step('handover/withdraw');
	expect((await gu.own()).offered).toEqual([]);
	expect(await gu.refused('handover/confirm', { key: 'seal:1' }, chen.shiftId)).toBe('SHIFT-5710');
	// A number of a person does not get onto a timeline.
	const personal = { ...offer, documents: ['身份证 11010519491231002X'] };
	expect(await chen.refused('handover', personal)).not.toBe('accepted');
	expect((await chen.own()).shift?.handover?.state).toBe('withdrawn');
});

test('S4.4c the last thing confirmed by two pages at one instant, while the giver takes it back: one outcome', async () => {
	const { chen, gu, offer } = await newPair();
	await chen.step('handover', { ...offer, cases: [], documents: [] });
	const send = (duty: OnDuty, what: string, body: object) =>
		duty.client.send('POST', `/shifts/${chen.shiftId}/handover/${what}`, {
			commandId: randomUUID(),
			...body,
		});
	const answers = await Promise.all([
		send(gu, 'confirm', { key: 'seal:1' }),
		send(gu, 'confirm', { key: 'seal:1' }),
		send(chen, 'withdraw', {}),
	]);
	const state = (await chen.own()).shift?.handover?.state;
	expect(['done', 'withdrawn']).toContain(state);
	expect(answers[2].status).toBe(state === 'withdrawn' ? 200 : 404);
	expect(answers.slice(0, 2).filter(({ status }) => status === 200).length).toBe(state === 'done' ? 1 : 0);
});

test('S7.1a a shift is not closed in the middle of a call', async () => {
	const { hub, chen, caseId } = await newPair();
	await attachNode(hub, 'any');
	const clerk = await openPage(chen.client);
	const approver = await newPage(hub, 'approver', HANGZHOU);
	const { session } = await request(clerk, caseId);
	await answer(approver, session.id);
	expect(await chen.refused('close', { unhanded: '下班，明日再办' })).toBe('SHIFT-5707');
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	expect((await chen.step('close', { unhanded: '下班，明日再办' })).shift?.state).toBe('closed');
});
