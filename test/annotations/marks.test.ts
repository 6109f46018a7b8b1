import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { MARK_LIMITS, type Drawing, type MarkSubject } from '@counter-hub/shared/annotations/marks.ts';
import { strokesOf } from '@counter-hub/shared/annotations/strokesOf.ts';
import { marksProjection } from '@counter-hub/hub-server/features/annotations/marksProjection.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import {
	codeOf,
	eventsOf,
	HANGZHOU,
	newPage,
	next,
	openCase,
	openPage,
	SONGJIANG,
} from '../sessions/newCounters.ts';
import { BOX, callAbout, clerksPaper, draw, erase, marksOf, newMarkedCall, takeStill } from './marking.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('V6 a mark on the live paper stands on the timeline of the case, about the call, and both sides are told', async () => {
	const { clerk, approver, caseId, session } = await newMarkedCall();
	await ask(clerk.socket, 'case:watch', { caseId, head: 0 });
	const told = next(clerk.socket, 'timeline:events', ({ events }) =>
		events.some(({ type }) => type === 'mark.drawn'),
	);
	const on = clerksPaper(session, { materialNo: 2, paper: 3 });
	const { markId } = await draw(approver, { caseId, sessionId: session.id, on });
	const event = (await told).events.find(({ type }) => type === 'mark.drawn');
	expect(event).toMatchObject({
		about: { sessionId: session.id },
		data: { markId, on, drawing: BOX, strokes: null },
		actor: { staffId: approver.staffId, duty: 'permit' },
	});
	const { marks } = await marksOf(clerk.client, caseId);
	expect(marks).toEqual([
		{
			markId,
			on,
			drawing: BOX,
			by: { staffId: approver.staffId, duty: 'permit', name: event?.actorName },
			at: event?.at,
			sessionId: session.id,
		},
	]);
});

test('V6 T-2 a mark sent again and again stands once; its id cannot be used for another one', async () => {
	const { clerk, approver, caseId, session } = await newMarkedCall();
	const asked = {
		caseId,
		sessionId: session.id,
		on: clerksPaper(session),
		commandId: randomUUID(),
	};
	const answers = await Promise.all([1, 2, 3].map(() => draw(approver, asked)));
	expect(answers.map(({ markId }) => markId)).toEqual(Array(3).fill(asked.commandId));
	const other: Drawing = { tool: 'arrow', points: [0, 0, 9, 9] };
	expect(await codeOf(draw(approver, { ...asked, drawing: other }))).toBe('REQ-1009');
	expect(await codeOf(draw(clerk, asked))).toBe('REQ-1009');

	const gone = { caseId, sessionId: session.id, markId: asked.commandId, commandId: randomUUID() };
	await Promise.all([1, 2].map(() => erase(approver, gone)));
	expect(await codeOf(erase(approver, { ...gone, commandId: randomUUID() }))).toBe('MARK-5201');
	// A repeat that comes late draws nothing anew.
	await draw(approver, asked);
	expect((await marksOf(clerk.client, caseId)).marks).toEqual([]);
	const types = (await eventsOf(clerk.client, caseId)).map(({ type }) => type);
	expect(types.filter((type) => type.startsWith('mark.'))).toEqual(['mark.drawn', 'mark.erased']);
});

test('V6 X2 a live picture is marked by the two sides of the call alone, and only while they are in it', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	const on = clerksPaper(session);
	const asked = { caseId, sessionId: session.id, on };
	for (const side of [clerk, approver]) await draw(side, asked);

	const colleague = await newPage(hub, 'approver', HANGZHOU);
	expect(await codeOf(draw(colleague, asked)), 'a colleague').toBe('AUTH-2008');
	const stranger = await newPage(hub, 'clerk', '320500');
	expect(await codeOf(draw(stranger, asked)), 'of another city').toBe('AUTH-2008');
	const supervisor = await openPage(await hub.signIn('supervisor', HANGZHOU));
	expect(await codeOf(draw(supervisor, asked)), 'a supervisor').toBe('AUTH-2008');

	expect(await codeOf(draw(approver, { ...asked, sessionId: null })), 'outside of a call').toBe('CALL-5001');
	expect(await codeOf(draw(approver, { ...asked, sessionId: randomUUID() })), 'no call').toBe('CALL-5001');
	const elsewhere = await openCase(clerk.client);
	expect(await codeOf(draw(approver, { ...asked, caseId: elsewhere })), 'another case').toBe('CALL-5001');
	const foreign = clerksPaper({ caller: { ...session.caller, participantId: randomUUID() } });
	expect(await codeOf(draw(approver, { ...asked, on: foreign })), 'nobody’s picture').toBe('MARK-5204');
	const material = clerksPaper(session, { materialNo: 99 });
	expect(await codeOf(draw(approver, { ...asked, on: material })), 'no such material').toBe('STILL-4607');
	expect((await marksOf(clerk.client, caseId)).marks).toHaveLength(2);

	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	// What was drawn in the call and comes a moment after its end is not lost.
	await draw(approver, asked);
	const { session: ringing } = await ask(clerk.socket, 'session:request', {
		commandId: randomUUID(),
		caseId,
		purpose: 'review',
		note: '',
		callsBack: null,
	});
	const early = { caseId, sessionId: ringing.id, on: clerksPaper(ringing) };
	expect(await codeOf(draw(clerk, early)), 'nobody has answered').toBe('CALL-5003');
});

test('V6 a still is marked by whoever works on its case, after the call too; never one of another case', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	const stillId = await takeStill(hub, caseId, approver.staffId);
	const on: MarkSubject = { kind: 'still', stillId };
	await draw(approver, { caseId, sessionId: session.id, on });
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	const colleague = await newPage(hub, 'approver', HANGZHOU);
	await draw(colleague, { caseId, sessionId: null, on });
	expect(await codeOf(draw(colleague, { caseId, sessionId: session.id, on })), 'a call of others').toBe(
		'AUTH-2008',
	);
	expect(await codeOf(draw(await newPage(hub, 'clerk', '320500'), { caseId, sessionId: null, on }))).toBe(
		'AUTH-2008',
	);
	const elsewhere = await openCase(clerk.client);
	expect(await codeOf(draw(clerk, { caseId: elsewhere, sessionId: null, on }))).toBe('STILL-4601');
	expect((await marksOf(clerk.client, caseId)).marks.map(({ sessionId }) => sessionId)).toEqual([
		session.id,
		null,
	]);
	expect((await marksOf(clerk.client, elsewhere)).marks).toEqual([]);
});

test('V6 the hash of a still’s strokes stands on the timeline with each mark, and is that of what is read back', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	const [first, second] = [
		await takeStill(hub, caseId, approver.staffId),
		await takeStill(hub, caseId, approver.staffId),
	];
	const asked = (stillId: string) => ({
		caseId,
		sessionId: session.id,
		on: { kind: 'still' as const, stillId },
	});
	await draw(approver, asked(first));
	const { markId } = await draw(clerk, asked(first));
	await draw(approver, asked(second));
	const expectWhole = async () => {
		const { marks, strokes } = await marksOf(clerk.client, caseId);
		for (const stillId of [first, second]) expect(strokes[stillId]).toBe(sha256(strokesOf(marks, stillId)));
		return strokes;
	};
	const before = await expectWhole();
	await erase(clerk, { caseId, sessionId: session.id, markId });
	const after = await expectWhole();
	expect(after[first]).not.toBe(before[first]);
	expect(after[second]).toBe(before[second]);
	const last = (await eventsOf(clerk.client, caseId)).at(-1);
	expect(last).toMatchObject({ type: 'mark.erased', data: { strokes: after[first] } });
});

test('V6 one erases one’s own marks; those of the other side only the permit side', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	const asked = { caseId, sessionId: session.id, on: clerksPaper(session) };
	const [theirs, ours] = [await draw(approver, asked), await draw(clerk, asked)];
	const by = (page: typeof clerk, markId: string, sessionId: string | null = session.id) =>
		codeOf(erase(page, { caseId, sessionId, markId }));
	expect(await by(clerk, theirs.markId)).toBe('MARK-5202');
	const colleague = await newPage(hub, 'clerk', SONGJIANG);
	expect(await by(colleague, ours.markId, null)).toBe('MARK-5202');
	expect(await by(await newPage(hub, 'clerk', '320500'), ours.markId, null)).toBe('AUTH-2008');
	expect(await by(approver, ours.markId)).toBe('accepted');
	expect(await by(approver, theirs.markId)).toBe('accepted');
	expect(await by(approver, theirs.markId)).toBe('MARK-5201');
	expect(await by(approver, randomUUID())).toBe('MARK-5201');
});

test('V6 X2 whoever reads a case reads its marks', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	await draw(approver, { caseId, sessionId: session.id, on: clerksPaper(session) });
	for (const [role, city, cities, status] of [
		['clerk', SONGJIANG, undefined, 200],
		['approver', HANGZHOU, undefined, 200],
		['supervisor', HANGZHOU, [HANGZHOU], 200],
		['clerk', '320500', undefined, 403],
		['supervisor', '340100', ['340100'], 403],
		['administrator', SONGJIANG, [SONGJIANG], 403],
	] as const) {
		const who = await hub.signIn(role, city, cities ? { cities: [...cities] } : {});
		expect((await who.send('GET', `/cases/${caseId}/marks`)).status, `${role} of ${city}`).toBe(status);
	}
	expect(await clerk.client.refused('GET', `/cases/${randomUUID()}/marks`)).toMatchObject({
		code: 'CASE-4002',
	});
	const empty = await openCase(clerk.client);
	expect(await clerk.client.get(`/cases/${empty}/marks`)).toEqual({
		state: { marks: [], strokes: {} },
		seq: 1,
	});
});

test('V6 a paper, and a case, hold so many marks; erased ones make room', async () => {
	const { hub, approver, caseId, session } = await newMarkedCall();
	const asked = { caseId, sessionId: session.id, on: clerksPaper(session) };
	const full = Array.from({ length: MARK_LIMITS.perSubject }, () => ({ ...asked, commandId: randomUUID() }));
	// Requests of one socket are counted.
	const [first, second] = await Promise.all([0, 1].map(() => newPageOf(approver)));
	for (const [i, mark] of full.entries()) await draw(i % 2 ? first! : second!, mark);
	const refusal = ask(approver.socket, 'mark:draw', { commandId: randomUUID(), drawing: BOX, ...asked });
	await expect(refusal).rejects.toMatchObject({
		code: 'MARK-5203',
		problem: { params: { reason: 'subject', limit: MARK_LIMITS.perSubject } },
	});
	// The next paper has room of its own.
	await draw(approver, { ...asked, on: clerksPaper(session, { paper: 1 }) });
	await erase(approver, { caseId, sessionId: session.id, markId: full[0]!.commandId });
	await draw(approver, asked);

	const store = timeline(hub.context);
	const { state } = await store.projections.read(marksProjection, caseId);
	const point: Drawing = { tool: 'pen', points: Array.from({ length: 2 * MARK_LIMITS.points }, () => 1) };
	const left =
		MARK_LIMITS.pointsPerCase -
		(state?.marks ?? []).reduce((sum, one) => sum + one.drawing.points.length / 2, 0);
	const strokes = Math.floor(left / MARK_LIMITS.points);
	for (let paper = 2, drawn = 0; drawn < strokes; paper++)
		for (let i = 0; i < 100 && drawn < strokes; i++, drawn++)
			await store.append({
				subject: `case:${caseId}`,
				commandId: randomUUID(),
				decide: () => [
					{
						type: 'mark.drawn',
						data: {
							markId: randomUUID(),
							on: clerksPaper(session, { paper }),
							drawing: point,
							strokes: null,
						},
						actor: {
							kind: 'staff',
							staffId: approver.staffId,
							role: 'approver',
							cityCode: HANGZHOU,
							counterId: null,
							windowId: null,
							duty: 'permit',
						},
					},
				],
			});
	const tooMuch = draw(approver, { ...asked, on: clerksPaper(session, { paper: 99 }), drawing: point });
	await expect(tooMuch).rejects.toMatchObject({ problem: { params: { reason: 'points' } } });
}, 120_000);

/** One more page of the same person. */
const newPageOf = ({ client }: { client: Parameters<typeof openPage>[0] }) => openPage(client, randomUUID());

test('V6 H-2 what is no mark is refused by name, and nothing is left of it', async () => {
	const { clerk, approver, caseId, session } = await newMarkedCall();
	const on = clerksPaper(session);
	const asked = { caseId, sessionId: session.id, on };
	const pen = (points: unknown) => ({ tool: 'pen', points });
	for (const [what, drawing, code] of [
		['NaN', pen([1, Number.NaN]), 'REQ-1001'],
		['Infinity', pen([1, Infinity]), 'REQ-1001'],
		['ten thousand points', pen(Array(20_000).fill(1)), 'REQ-1001'],
		['places outside', pen([70_000, 1]), 'REQ-1001'],
		['text in place of places', pen(['1', '2']), 'REQ-1001'],
		['half a character', { tool: 'text', points: [1, 1], text: '签\ud83d' }, 'REQ-1001'],
		['an ID number', { tool: 'text', points: [1, 1], text: '310117190001010012' }, 'FORM-1105'],
		['a mobile number', { ...BOX, text: '打 13800000000' }, 'FORM-1105'],
		['nothing', undefined, 'REQ-1001'],
	] as const) {
		const attempt = draw(approver, { ...asked, drawing: drawing as Drawing });
		expect(await codeOf(attempt), what).toBe(code);
	}
	expect((await marksOf(clerk.client, caseId)).marks).toEqual([]);
});

test('T-7 X-1 marks drawn through two hubs at once are one list, and can be made anew of the events', async () => {
	const { hub, clerk, approver, caseId, session } = await newMarkedCall();
	const second = await newHub({ sharing: hub });
	const socket = await approver.client.socket({ url: second.url, pageId: randomUUID() });
	const asked = { caseId, sessionId: session.id, on: clerksPaper(session) };
	const drawn = await Promise.all(
		Array.from({ length: 20 }, (_, i) => draw(i % 2 ? { socket } : clerk, asked)),
	);
	socket.close();
	const { marks } = await marksOf(clerk.client, caseId);
	expect(marks.map(({ markId }) => markId).sort()).toEqual(drawn.map(({ markId }) => markId).sort());
	const events = (await eventsOf(clerk.client, caseId)).filter(({ type }) => type === 'mark.drawn');
	expect(events.map(({ commandId }) => commandId)).toEqual(marks.map(({ markId }) => markId));
	// The answer is the same without the document.
	for (const { context } of [hub, second]) await timeline(context).flushProjections();
	await hub.context.connection.db?.collection('marks').deleteMany({});
	await hub.context.connection.db?.collection('timeline_projected').deleteMany({});
	expect(await marksOf(clerk.client, caseId)).toEqual({ marks, strokes: {} });
});

test('V6 a call after the call: marks of the earlier one stay in the list', async () => {
	const { clerk, approver, caseId, session } = await newMarkedCall();
	await draw(approver, { caseId, sessionId: session.id, on: clerksPaper(session) });
	await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: session.id });
	const { session: later } = await callAbout({ clerk, approver }, caseId);
	await draw(clerk, { caseId, sessionId: later.id, on: clerksPaper(later) });
	expect((await marksOf(approver.client, caseId)).marks.map(({ sessionId }) => sessionId)).toEqual([
		session.id,
		later.id,
	]);
});
