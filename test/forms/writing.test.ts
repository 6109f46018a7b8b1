import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { sayChanges } from '@counter-hub/hub-server/features/forms/sayChanges.ts';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import { codeOf, next } from '../sessions/newCounters.ts';
import { atForm, comment, complete, newForm, socketOf } from './formDesk.ts';
import { CHANGE, ESTABLISHMENT, fill, readDraft, SECRETS, write } from './formFixtures.ts';

test('V8 two tabs: different fields merge, the same field is never overwritten', async () => {
	const { clerk, caseId, form } = await newForm();
	const tab = { socket: await socketOf(clerk), caseId };
	const [first, second] = await Promise.all([
		write(form, { path: 'domicile', value: '文三路 90 号 6 幢' }),
		write(tab, { path: 'postcode', value: '310012' }),
	]);
	expect(new Set([first.revision, second.revision])).toEqual(new Set([1, 2]));
	const change = { path: 'domicile', basedOn: first.revision };
	const race = await Promise.all([
		codeOf(write(form, { ...change, value: '文三路 91 号 6 幢' })),
		codeOf(write(tab, { ...change, value: '文三路 92 号 6 幢' })),
	]);
	expect(race.toSorted()).toEqual(['FORM-1204', 'accepted']);
	const { fields } = await readDraft(clerk, caseId);
	expect(fields['domicile']?.value).toBe(race[0] === 'accepted' ? '文三路 91 号 6 幢' : '文三路 92 号 6 幢');
	expect(fields['postcode']?.value).toBe('310012');
	// The same written twice is no quarrel.
	const current = fields['domicile'] ?? { value: '', revision: 0 };
	expect(await write(tab, { path: 'domicile', value: current.value, basedOn: 0 })).toEqual({
		value: current.value,
		revision: current.revision,
	});
});

test('H-7 V8 a write sent again and again is carried out once; its id serves for nothing else', async () => {
	const { clerk, caseId, form } = await newForm();
	const commandId = randomUUID();
	const writing = { path: 'domicile', value: '文三路 90 号 6 幢', commandId };
	const answers = await Promise.all([1, 2, 3, 4, 5].map(() => write(form, writing)));
	expect(answers).toEqual(answers.map(() => ({ value: '文三路 90 号 6 幢', revision: 1 })));
	await write(form, { path: 'domicile', value: '文三路 91 号 6 幢', basedOn: 1 });
	expect(await write(form, writing)).toMatchObject({ revision: 1 });
	expect(await codeOf(write(form, { ...writing, value: '别的地方 1 号' }))).toBe('REQ-1009');
	expect(await codeOf(write(form, { ...writing, path: 'postcode', value: '310012' }))).toBe('REQ-1009');
	expect(await readDraft(clerk, caseId)).toMatchObject({
		revision: 2,
		fields: { domicile: { value: '文三路 91 号 6 幢', revision: 2 } },
	});
});

test('V8 X3 both sides see each field as it is written: in clear who writes it, masked who reads it', async () => {
	const { clerk, approver, caseId, form, socket, other } = await newForm();
	const tab = await socketOf(clerk);
	for (const one of [tab, other]) await ask(one, 'case:watch', { caseId, head: 0 });
	const told = [tab, other].map((one) => next(one, 'form:changed', ({ formId }) => formId === CHANGE));
	await write(form, { path: 'certificateType', value: 'citizenId' });
	const [own, theirs] = await Promise.all(told);
	expect(own).toMatchObject({
		caseId,
		after: 0,
		revision: 1,
		fields: { certificateType: { value: 'citizenId' } },
	});
	expect(theirs).toEqual(own);

	const next_ = [tab, other].map((one) => next(one, 'form:changed', ({ revision }) => revision === 2));
	await write(form, { path: 'certificateNo', value: SECRETS.certificateNo });
	const [clear, masked] = await Promise.all(next_);
	const number = { revision: 2, masked: false, value: SECRETS.certificateNo };
	expect(clear?.fields).toEqual({ certificateNo: number });
	expect(masked?.fields).toEqual({ certificateNo: { ...number, masked: true, value: '330106********0012' } });

	await fill({ socket, caseId }, { newName: SECRETS.newName, agentMobile: SECRETS.agentMobile });
	const read = await readDraft(approver, caseId);
	expect(read.fields).toMatchObject({
		newName: { value: '周*', masked: true },
		agentMobile: { value: '138****1234', masked: true },
	});
	expect(JSON.stringify(read)).not.toContain(SECRETS.certificateNo);
	expect((await readDraft(approver, caseId, CHANGE, 2)).fields).not.toHaveProperty('certificateNo');
	expect((await readDraft(clerk, caseId)).fields).toMatchObject({
		newName: { value: '周亦航', masked: false },
	});
});

test('V8 the name of a company is no personal data; what kind it is decides what readers see', async () => {
	const { clerk, approver, caseId, socket } = await atForm(await newHub(), { itemNo: 1 });
	const form = { socket, caseId, formId: ESTABLISHMENT };
	const [row, cell] = ['aaaa0001', (column: string) => `shareholders:aaaa0001:${column}`];
	await write(form, { path: 'shareholders', value: row });
	await fill(form, { [cell('name')]: '上海某某投资有限公司', [cell('certificateNo')]: '91310117MA0000007E' });
	const seen = async () => (await readDraft(approver, caseId, ESTABLISHMENT)).fields;
	expect(await seen()).toMatchObject({
		[cell('name')]: { value: '上*' },
		[cell('certificateNo')]: { masked: true },
	});
	await write(form, { path: cell('certificateType'), value: 'businessLicence' });
	expect(await seen()).toMatchObject({
		[cell('name')]: { value: '上海某某投资有限公司', masked: false },
		[cell('certificateNo')]: { value: '91310117MA0000007E' },
	});
	const { revision } = await readDraft(clerk, caseId, ESTABLISHMENT);
	await write(form, { path: cell('certificateType'), value: 'citizenId', basedOn: revision });
	// Whoever follows is told of what is seen otherwise now, too.
	const { fields } = await readDraft(approver, caseId, ESTABLISHMENT, revision);
	expect(Object.keys(fields).sort()).toEqual(['certificateNo', 'certificateType', 'name'].map(cell).sort());
	expect(fields[cell('name')]).toMatchObject({ value: '上*', masked: true });
});

test('V8 rows of a table: two tabs add and fill their own; a row that is taken out takes its values along', async () => {
	const { clerk, caseId, socket } = await atForm(await newHub(), { itemNo: 1 });
	const form = { socket, caseId, formId: ESTABLISHMENT };
	const { revision } = await write(form, { path: 'officers', value: 'aaaa0001 bbbb0002' });
	await Promise.all([
		write(form, { path: 'officers:aaaa0001:name', value: '周亦航' }),
		write({ ...form, socket: await socketOf(clerk) }, { path: 'officers:bbbb0002:name', value: '宋一帆' }),
	]);
	await write(form, { path: 'officers', value: 'bbbb0002', basedOn: revision });
	expect(await codeOf(write(form, { path: 'officers:aaaa0001:office', value: 'director' }))).toBe(
		'FORM-1202',
	);
	const { fields } = await readDraft(clerk, caseId, ESTABLISHMENT);
	expect(Object.keys(fields).filter((path) => path.startsWith('officers'))).toEqual([
		'officers',
		'officers:bbbb0002:name',
	]);
});

test('PIPL what belongs to persons is encrypted where it lies and stands in no event; a value cannot be moved', async () => {
	const now = { at: Date.now() };
	const form = await newForm({ now: () => now.at });
	const { hub, clerk, caseId } = form;
	await fill(form.form);
	await comment(form);
	now.at += 300_000;
	await sayChanges(hub.context);
	await complete(form, (await readDraft(clerk, caseId)).revision);
	const { connection } = hub.context;
	for (const { collectionName } of await connection.db!.collections()) {
		const text = JSON.stringify(await connection.collection(collectionName).find().toArray());
		for (const secret of Object.values(SECRETS)) expect(text, collectionName).not.toContain(secret);
	}
	const drafts = connection.collection<{ _id: string }>('formDrafts');
	const stored = await drafts.findOne({});
	expect(stored).toMatchObject({ fields: { postcode: { text: '310012' } } });
	await drafts.updateOne({}, [{ $set: { 'fields.agentName': '$fields.newName' } }]);
	expect(await clerk.refused('GET', `/cases/${caseId}/forms/${CHANGE}`)).toMatchObject({ code: 'SYS-9999' });
});
