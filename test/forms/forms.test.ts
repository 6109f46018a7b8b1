import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import { codeOf, next } from '../sessions/newCounters.ts';
import { comment, complete, newForm, socketOf, solve } from './formDesk.ts';
import {
	CHANGE,
	ESTABLISHMENT,
	FILLED,
	formsOf,
	progressOf,
	readDraft,
	SECRETS,
	write,
} from './formFixtures.ts';

test('V8 an item’s forms are read as data; a case’s form begins with what the case knows', async () => {
	const { clerk, approver, caseId } = await newForm();
	const [definition] = await formsOf(approver, 5);
	expect(definition).toMatchObject({ formId: CHANGE, version: 1, name: { zh: '公司变更登记申请书' } });
	expect((await formsOf(clerk, 8)).length).toBe(0);
	expect(await clerk.refused('GET', '/items/99/forms')).toMatchObject({ code: 'CASE-4001' });
	expect(await clerk.refused('GET', '/items/x/forms')).toMatchObject({ code: 'REQ-1001' });
	const draft = await readDraft(clerk, caseId);
	expect(draft).toMatchObject({
		revision: 0,
		fields: {
			enterpriseName: { value: '杭州澄砚精密仪器有限公司', revision: 0 },
			uscc: { value: '91330100MA0000023P', masked: false },
		},
		faults: { domicile: { key: 'missing' } },
	});
	expect(Object.keys(draft.fields)).toHaveLength(2);
	expect(await progressOf(clerk, caseId)).toBeUndefined();
});

test('V8 X2 who writes a form, who comments, who reads', async () => {
	const form = await newForm();
	const { hub, clerk, caseId } = form;
	await write(form.form, { path: 'domicile', value: FILLED['domicile'] ?? '' });
	await comment(form);
	const { comments = [] } = (await progressOf(clerk, caseId)) ?? {};
	for (const [role, city, cities, reads, writes, comments_, solves] of [
		['clerk', '310117', undefined, true, true, false, true],
		['approver', '310117', undefined, true, true, false, true],
		['approver', '330100', undefined, true, false, true, true],
		['clerk', '320500', undefined, false, false, false, false],
		['supervisor', '330100', ['330100'], true, false, false, false],
		['supervisor', '340100', ['340100'], false, false, false, false],
		['administrator', '310117', ['310117'], false, false, false, false],
	] as const) {
		const who = await hub.signIn(role, city, cities ? { cities: [...cities] } : {});
		const socket = await socketOf(who);
		const label = `${role} of ${city}`;
		const outcome = (may: boolean) => (may ? 'accepted' : 'AUTH-2008');
		const path = `/cases/${caseId}/forms`;
		for (const address of [path, `${path}/${CHANGE}`, `${path}/${CHANGE}/pdf`])
			expect((await who.send('GET', address)).status, `${label} ${address}`).toBe(reads ? 200 : 403);
		const unmask = { commandId: randomUUID(), reason: '核对身份证件' };
		expect((await who.send('POST', `${path}/${CHANGE}/unmask`, unmask)).status, label).toBe(
			solves ? 200 : 403,
		);
		const { revision } = await readDraft(clerk, caseId);
		const writing = write(
			{ socket, caseId },
			{ path: 'postcode', value: `31001${revision}`, basedOn: revision - 1 },
		);
		expect(['accepted', 'FORM-1204'].includes(String(await codeOf(writing))), label).toBe(writes);
		expect(await codeOf(comment({ ...form, other: socket })), label).toBe(outcome(comments_));
		expect(await codeOf(solve(form, socket, comments[0]?.commentId ?? '')), label).toBe(outcome(solves));
		expect(await codeOf(complete({ ...form, socket }, 0)), label).toBe(writes ? 'FORM-1207' : 'AUTH-2008');
	}
});

test('bad input is refused by name, and nothing of it stays', async () => {
	const { hub, clerk, caseId, form, socket } = await newForm();
	const elsewhere = await hub.signIn('clerk', '320500');
	const { id: foreign } = await openCase(elsewhere, {}, '330100');
	await write(form, { path: 'nationality', value: '中国' });
	const refused = async (more: object) => {
		const fields = {
			commandId: randomUUID(),
			caseId,
			formId: CHANGE,
			version: 1,
			path: 'domicile',
			value: '文三路',
			basedOn: 0,
		};
		return codeOf(ask(socket, 'form:write', { ...fields, ...more }));
	};
	for (const [code, more] of [
		['FORM-1202', { path: 'nobody' }],
		['FORM-1202', { path: 'constructor' }],
		['FORM-1202', { path: 'officers:aaaa0001:name' }],
		['REQ-1001', { path: '__proto__' }],
		['REQ-1001', { path: 'domicile.text' }],
		['REQ-1001', { path: '$where' }],
		['FORM-1203', { path: 'licenceCopies', value: 'NaN' }],
		['FORM-1203', { path: 'licenceCopies', value: '1e3' }],
		['FORM-1203', { path: 'decidedBy', value: 'nobody' }],
		['FORM-1203', { value: 'a\u0000b' }],
		['FORM-1203', { value: '长'.repeat(4_000) }],
		['FORM-1105', { value: '经办人 138 0000 1234' }],
		['REQ-1001', { value: '长'.repeat(60_000) }],
		['REQ-1001', { value: Number.NaN }],
		['REQ-1001', { value: 5 }],
		['REQ-1001', { value: { $gt: '' } }],
		['REQ-1001', { value: 'half \ud83d' }],
		['REQ-1001', { basedOn: Number.NaN }],
		['REQ-1001', { basedOn: -1 }],
		['FORM-1204', { basedOn: 7 }],
		['FORM-1205', { version: 2 }],
		['FORM-1201', { formId: ESTABLISHMENT }],
		['FORM-1201', { formId: 'item-99-application' }],
		['REQ-1001', { formId: '../5' }],
		['AUTH-2008', { caseId: foreign }],
		['CASE-4002', { caseId: randomUUID() }],
		['REQ-1001', { extra: true }],
	] as const)
		expect(await refused(more), JSON.stringify(more).slice(0, 80)).toBe(code);
	const draft = await readDraft(clerk, caseId);
	expect(draft).toMatchObject({ revision: 1, fields: { nationality: { value: '中国' } } });
	expect(draft.fields).not.toHaveProperty('domicile');
	expect(await clerk.refused('GET', `/cases/${caseId}/forms/${ESTABLISHMENT}`)).toMatchObject({
		code: 'FORM-1201',
	});
	expect(await clerk.refused('GET', `/cases/${caseId}/forms/${CHANGE}?after=x`)).toMatchObject({
		code: 'REQ-1001',
	});
	expect(await clerk.refused('GET', `/cases/${foreign}/forms/${CHANGE}/pdf`)).toMatchObject({
		code: 'AUTH-2008',
	});
});

test('V8 X6 what is written at one hub is told at the other, masked there too', async () => {
	const { hub, caseId, form, approver } = await newForm();
	const second = await newHub({ sharing: hub });
	const socket = await approver.socket({ url: second.url, pageId: randomUUID() });
	onTestFinished(() => {
		socket.close();
	});
	await ask(socket, 'case:watch', { caseId, head: 0 });
	const told = next(socket, 'form:changed', ({ fields }) => 'newName' in fields);
	await write(form, { path: 'newName', value: SECRETS.newName });
	expect((await told).fields).toEqual({ newName: { value: '周*', masked: true, revision: 1 } });
});
