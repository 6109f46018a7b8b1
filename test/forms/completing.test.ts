import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { codeOf, eventsOf, next } from '../sessions/newCounters.ts';
import { complete, newForm, socketOf, type Form } from './formDesk.ts';
import { CHANGE, fill, FILLED, readDraft, SECRETS, write } from './formFixtures.ts';

test('V8 a form is complete when nothing is missing; its print is made the same as long as nothing changes', async () => {
	const form = await newForm();
	const { clerk, approver, caseId } = form;
	await fill(form.form, { ...FILLED, postcode: '31001' });
	let { revision } = await readDraft(clerk, caseId);
	await expect(complete(form, revision)).rejects.toMatchObject({
		code: 'FORM-1206',
		problem: { params: { n: 1 } },
	});
	({ revision } = await write(form.form, {
		path: 'postcode',
		value: '310012',
		basedOn: await revisionOf(form, 'postcode'),
	}));
	expect(await codeOf(complete(form, revision - 1))).toBe('FORM-1207');
	const commandId = randomUUID();
	const { sha256 } = await complete(form, revision, commandId);
	expect(await complete(form, revision, commandId)).toEqual({ sha256 });
	expect(await complete(form, revision)).toEqual({ sha256 });
	expect((await eventsOf(clerk, caseId)).filter(({ type }) => type === 'form.completed')).toHaveLength(1);
	expect(await printOf(clerk, caseId)).toBe(sha256);
	expect(await printOf(clerk, caseId)).toBe(sha256);
	expect(await printOf(approver, caseId)).not.toBe(sha256);
	await write(form.form, {
		path: 'nationality',
		value: '中华人民共和国',
		basedOn: await revisionOf(form, 'nationality'),
	});
	expect(await printOf(clerk, caseId)).not.toBe(sha256);
	expect(await complete(form, revision, commandId)).toEqual({ sha256 });
});

const revisionOf = async ({ clerk, caseId }: Form, path: string) =>
	(await readDraft(clerk, caseId)).fields[path]?.revision ?? 0;

async function printOf(client: TestClient, caseId: string): Promise<string> {
	const response = await fetch(`${client.url}/api/v1/cases/${caseId}/forms/${CHANGE}/pdf`, {
		headers: { authorization: `Bearer ${client.token}` },
	});
	expect(response.headers.get('content-type')).toBe('application/pdf');
	expect(response.headers.get('cache-control')).toContain('no-store');
	const bytes = await response.arrayBuffer();
	expect(Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-');
	return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}

test('X3 whoever opens a form in clear is on record; who reads it masked gives a reason first', async () => {
	const form = await newForm();
	const { hub, clerk, approver, caseId } = form;
	const supervisor = await hub.signIn('supervisor', '330100', { cities: ['330100'] });
	const opened = async () =>
		timelinePage
			.parse(await supervisor.get(`/cases/${caseId}/audit`))
			.events.map(({ data }) => data['thing']);
	await write(form.form, { path: 'domicile', value: '文三路 90 号' });
	await readDraft(clerk, caseId);
	expect(await opened()).toEqual([]);
	await write(form.form, { path: 'newName', value: SECRETS.newName });
	await readDraft(clerk, caseId);
	await readDraft(approver, caseId);
	await readDraft(supervisor, caseId);
	await printOf(clerk, caseId);
	await printOf(approver, caseId);
	expect(await opened()).toEqual([`form:${CHANGE}`, `formPrint:${CHANGE}`]);

	// A colleague who looks on while it is written is on record before he sees the first of it, and once.
	const onlooker = await socketOf(await hub.signIn('clerk', '310117'));
	await ask(onlooker, 'case:watch', { caseId, head: 0 });
	for (const [basedOn, value] of [
		[2, '周亦帆'],
		[3, '周亦航'],
	] as const) {
		const told = next(onlooker, 'form:changed');
		await write(form.form, { path: 'newName', value, basedOn });
		expect((await told).fields).toMatchObject({ newName: { value, masked: false } });
		expect(await opened()).toEqual([`form:${CHANGE}`, `formPrint:${CHANGE}`, `form:${CHANGE}`]);
	}

	const path = `/cases/${caseId}/forms/${CHANGE}/unmask`;
	const body = { commandId: randomUUID(), reason: '与身份证件原件比对' };
	expect(await approver.post(path, body)).toMatchObject({
		fields: { newName: { value: '周亦航', masked: false } },
	});
	expect(await approver.post(path, body)).toMatchObject({ fields: { newName: { value: '周亦航' } } });
	expect(await approver.refused('POST', path, { ...body, reason: ' ' })).toMatchObject({ code: 'REQ-1001' });
	const unmasked = (await eventsOf(clerk, caseId)).filter(({ type }) => type === 'form.unmasked');
	expect(unmasked).toMatchObject([
		{ actorName: '许文', data: { formId: CHANGE, reason: '与身份证件原件比对' } },
	]);
});
