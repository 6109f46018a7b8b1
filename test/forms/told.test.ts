import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { sayChanges } from '@counter-hub/hub-server/features/forms/sayChanges.ts';
import { codeOf, eventsOf } from '../sessions/newCounters.ts';
import { comment, newForm, socketOf, solve } from './formDesk.ts';
import { CHANGE, progressOf, write } from './formFixtures.ts';

test('V8 the timeline tells which fields were written once the pen rests, by whom, and not each stroke', async () => {
	const now = { at: Date.now() };
	const { hub, clerk, caseId, form } = await newForm({ now: () => now.at });
	const colleague = await hub.signIn('clerk', '310117', { displayName: '顾宁' });
	let basedOn = 0;
	for (const value of ['文三路', '文三路 90 号', '文三路 90 号 6 幢'])
		({ revision: basedOn } = await write(form, { path: 'domicile', value, basedOn }));
	await write(form, { path: 'postcode', value: '310012' });
	await write({ socket: await socketOf(colleague), caseId }, { path: 'nationality', value: '中国' });
	const told = async () =>
		(await eventsOf(clerk, caseId))
			.filter(({ type }) => type === 'form.saved')
			.map(({ data, actorName }) => ({ ...data, actorName }));
	await sayChanges(hub.context);
	expect(await told()).toEqual([]);
	now.at += 25_000;
	await Promise.all([sayChanges(hub.context), sayChanges(hub.context)]);
	expect((await told()).toSorted((a, b) => String(a.actorName).localeCompare(String(b.actorName)))).toEqual(
		[
			{ formId: CHANGE, revision: 5, fields: ['domicile', 'postcode'], actorName: '陈静' },
			{ formId: CHANGE, revision: 5, fields: ['nationality'], actorName: '顾宁' },
		].toSorted((a, b) => a.actorName.localeCompare(b.actorName)),
	);
	await sayChanges(hub.context);
	expect(await told()).toHaveLength(2);
	expect(await progressOf(clerk, caseId)).toMatchObject({ version: 1, revision: 5 });
	// Whoever writes on and on is told of every two minutes all the same.
	for (let stroke = 0; stroke < 8; stroke += 1) {
		({ revision: basedOn } = await write(form, { path: 'domicile', value: `文三路 ${stroke} 号`, basedOn }));
		now.at += 18_000;
		await sayChanges(hub.context);
	}
	expect(await told()).toHaveLength(3);
});

test('V8 a comment stands until it is solved, once, by either side', async () => {
	const form = await newForm();
	const { clerk, approver, caseId, socket } = form;
	const commandId = randomUUID();
	for (let i = 0; i < 3; i += 1) await comment(form, { commandId });
	await comment(form, { path: null, text: '整体可以' });
	expect(await progressOf(clerk, caseId)).toMatchObject({
		begunAt: null,
		comments: [
			{
				commentId: commandId,
				path: 'domicile',
				label: '住所',
				text: '请写到房间号',
				byName: '许文',
				solvedAt: null,
			},
			{ path: null, text: '整体可以' },
		],
	});
	await solve(form, socket, commandId);
	await solve(form, form.other, commandId);
	expect((await progressOf(approver, caseId))?.comments[0]?.solvedAt).toMatch(/^20/);
	const types = (await eventsOf(clerk, caseId)).map(({ type }) => type);
	expect(types).toEqual(['case.opened', 'form.commented', 'form.commented', 'form.commentSolved']);
	expect(await codeOf(solve(form, socket, randomUUID()))).toBe('FORM-1208');
	expect(await codeOf(comment(form, { commandId, text: '别的' }))).toBe('REQ-1009');
	expect(await codeOf(comment(form, { path: 'nobody' }))).toBe('FORM-1202');
	expect(await codeOf(comment(form, { text: '打 13800001234 问' }))).toBe('FORM-1105');
	expect(await codeOf(comment(form, { text: '长'.repeat(301) }))).toBe('REQ-1001');
});
