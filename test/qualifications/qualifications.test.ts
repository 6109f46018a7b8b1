import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import { QUALIFICATION_LIMITS } from '@counter-hub/shared/qualifications/qualificationLimits.ts';
import { qualificationRules } from '@counter-hub/shared/qualifications/qualificationRules.ts';
import { referrerOfProof } from '@counter-hub/shared/qualifications/referrerOfProof.ts';
import { timelinePage } from '@counter-hub/shared/timeline/eventView.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newPdf, sha256, upload } from '../blobs/uploading.ts';
import { newHub, type NewHubOptions, type TestHub } from '../platform/newHub.ts';
import { ODD_NUMBERS } from '../platform/oddNumbers.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { pathOf, qualificationsOf, record, recordBody } from './qualifying.ts';

/** The hub's clock stands still, so that no midnight falls into a test. */
const NOW = Date.now();
const day = (days: number) => shanghaiDate(NOW + days * 86_400_000);

async function newOffice(options: NewHubOptions = {}) {
	const hub = await newHub({ now: () => NOW, ...options });
	const admin = await hub.signIn('administrator', '310117', { displayName: '高翔' });
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静' });
	const { staff } = await clerk.me();
	return { hub, admin, clerk, staffId: staff.id };
}
const typesOf = async (hub: TestHub, subject: string) =>
	(await timeline(hub.context).page(subject, { limit: 50 })).events.map(({ type }) => type);
const ask = (client: TestClient, staffId: string, qualificationId: string, bytes: Buffer) =>
	client.send('POST', `/blobs/${sha256(bytes)}/grants`, {
		referrer: referrerOfProof(staffId, qualificationId),
	});

test('S4.3 an administrator records training and an exam; the person reads them, the last one passed first', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	await record(admin, staffId, {
		kind: 'induction',
		title: '岗前培训',
		passedOn: '2025-10-09',
		result: '合格',
	});
	await record(admin, staffId, { validUntil: '2027-01-11' });
	expect(await qualificationsOf(clerk, staffId)).toMatchObject({
		staffId,
		required: ['induction', 'exam'],
		records: [
			{
				kind: 'exam',
				title: '2026 年专窗业务考核',
				passedOn: '2026-01-12',
				validUntil: '2027-01-11',
				result: '92 分',
				proof: null,
				recordedBy: { name: '高翔' },
				struck: null,
			},
			{ kind: 'induction', passedOn: '2025-10-09', validUntil: null },
		],
	});
	expect(await typesOf(hub, `staff:${staffId}`)).toEqual([
		'qualification.recorded',
		'qualification.recorded',
	]);
	// Another hub on the same database knows it, too.
	const second = await newHub({ sharing: hub, now: () => NOW });
	const elsewhere = second.client();
	elsewhere.token = clerk.token;
	expect((await qualificationsOf(elsewhere, staffId)).records).toHaveLength(2);
});

test('X2 only administrators of all cities of a person record; he and those who look after him read', async () => {
	const { hub, admin, staffId } = await newOffice();
	await record(admin, staffId);
	for (const [role, city, reads, records] of [
		['clerk', '310117', 403, 403],
		['approver', '310117', 403, 403],
		['supervisor', '310117', 200, 403],
		['supervisor', '330100', 403, 403],
		['administrator', '330100', 403, 403],
	] as const) {
		const who = await hub.signIn(role, city);
		expect((await who.send('GET', pathOf(staffId))).status, `${role} ${city}`).toBe(reads);
		expect((await who.send('POST', pathOf(staffId), recordBody())).status, `${role} ${city}`).toBe(records);
	}
	expect(await admin.refused('GET', pathOf(randomUUID()))).toMatchObject({ code: 'REQ-1004' });
	expect((await hub.client().send('GET', pathOf(staffId))).status).toBe(401);
});

test('S4.3 Q-1 a wrong record is struck out with a reason, once, and stays on record', async () => {
	const { admin, clerk, staffId } = await newOffice();
	const { records } = await record(admin, staffId);
	const id = records[0]?.qualificationId ?? '';
	const at = `${pathOf(staffId)}/${id}/strike`;
	const body = { commandId: randomUUID(), reason: '登记到了别人名下' };
	expect(await clerk.refused('POST', at, body)).toMatchObject({ status: 403 });
	const answers = await Promise.all([1, 2, 3].map(() => admin.post(at, body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect((await qualificationsOf(clerk, staffId)).records).toMatchObject([
		{ qualificationId: id, struck: { reason: '登记到了别人名下', by: { name: '高翔' } } },
	]);
	expect(await admin.refused('POST', at, { ...body, commandId: randomUUID() })).toMatchObject({
		status: 409,
		code: 'QUAL-5302',
	});
	const unknown = `${pathOf(staffId)}/${randomUUID()}/strike`;
	expect(await admin.refused('POST', unknown, { ...body, commandId: randomUUID() })).toMatchObject({
		status: 404,
		code: 'QUAL-5301',
	});
	for (const [reason, code] of [
		['错了', 'REQ-1001'],
		['打 138 0013 8000 核实过', 'FORM-1105'],
	] as const)
		expect(await admin.refused('POST', at, { commandId: randomUUID(), reason })).toMatchObject({ code });
	// The right one may be recorded now.
	expect((await record(admin, staffId)).records).toHaveLength(2);
});

test('H-7 repeating a command records once; the same exam is refused, by whomever and however close', async () => {
	const { hub, admin, staffId } = await newOffice();
	const other = await hub.signIn('administrator', '310117');
	const body = recordBody();
	const answers = await Promise.all([1, 2, 3].map(() => admin.post(pathOf(staffId), body)));
	expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
	expect(await admin.refused('POST', pathOf(staffId), { ...body, result: '60 分' })).toMatchObject({
		code: 'REQ-1009',
	});
	const both = await Promise.all(
		[admin, other].map((who) => who.send('POST', pathOf(staffId), recordBody({ title: '第二次考核' }))),
	);
	expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
	expect(await other.refused('POST', pathOf(staffId), recordBody())).toMatchObject({ code: 'QUAL-5303' });
	expect((await qualificationsOf(admin, staffId)).records).toHaveLength(2);
});

test('S4.3 F10 what cannot be is refused by name, and nothing is recorded', async () => {
	const { admin, staffId } = await newOffice();
	for (const [more, code] of [
		[{ passedOn: day(1) }, 'QUAL-5305'],
		[{ validUntil: '2026-01-11' }, 'QUAL-5306'],
		[{ passedOn: '2026-02-30' }, 'REQ-1001'],
		[{ passedOn: '12.01.2026' }, 'REQ-1001'],
		[{ kind: 'driving' }, 'REQ-1001'],
		[{ title: '' }, 'REQ-1001'],
		[{ title: '长'.repeat(QUALIFICATION_LIMITS.titleLength + 1) }, 'REQ-1001'],
		[{ result: '' }, 'REQ-1001'],
		[{ proof: 'A'.repeat(64) }, 'REQ-1001'],
		[{ more: 1 }, 'REQ-1001'],
		[{ commandId: 'x' }, 'REQ-1001'],
		...ODD_NUMBERS.map((number) => [{ title: `考核 ${number}` }, 'FORM-1105'] as const),
	] as const)
		expect(
			await admin.refused('POST', pathOf(staffId), recordBody(more)),
			JSON.stringify(more),
		).toMatchObject({ code });
	expect((await qualificationsOf(admin, staffId)).records).toEqual([]);
	// Today counts, up to midnight in Shanghai.
	await record(admin, staffId, { passedOn: day(0), validUntil: day(0) });
});

test('S4.3 a person has at most as many records as the limit says', async () => {
	const { hub, admin, staffId } = await newOffice();
	const days = Array.from({ length: QUALIFICATION_LIMITS.perPerson }, (_, index) => day(-index - 1));
	await Promise.all(days.map((passedOn) => record(admin, staffId, { passedOn })));
	expect(await admin.refused('POST', pathOf(staffId), recordBody())).toMatchObject({
		code: 'QUAL-5304',
		params: { most: QUALIFICATION_LIMITS.perPerson },
	});
	expect(await typesOf(hub, `staff:${staffId}`)).toHaveLength(50);
});

test('X2 X3 Q-1 a proof is opened by the person and those who look after him, and each opening is on record', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const bytes = newPdf(4_000);
	await upload(admin, bytes);
	const { records } = await record(admin, staffId, { proof: sha256(bytes) });
	expect(records).toMatchObject([{ proof: { size: 4_000, kind: 'application/pdf', scan: 'none' } }]);
	const id = records[0]?.qualificationId ?? '';
	const supervisor = await hub.signIn('supervisor', '310117', { displayName: '黄海波' });
	for (const [who, status] of [
		[clerk, 201],
		[admin, 201],
		[supervisor, 201],
		[await hub.signIn('clerk', '310117'), 403],
		[await hub.signIn('supervisor', '330100'), 403],
		[await hub.signIn('administrator', '330100'), 403],
	] as const)
		expect((await ask(who, staffId, id, bytes)).status).toBe(status);
	const { body } = await ask(clerk, staffId, id, bytes);
	const { url } = blobGrantAnswer.parse(body);
	const response = await fetch(`${clerk.url}${url}`);
	expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(bytes));

	const audit = `/staff/${staffId}/proof-audit`;
	const { events } = timelinePage.parse(await supervisor.get(audit));
	expect(events.map(({ actorName, data }) => [actorName, data['thing']])).toEqual(
		['陈静', '高翔', '黄海波', '陈静'].map((name) => [name, `proof:${id}`]),
	);
	for (const who of [clerk, admin]) expect(await who.refused('GET', audit)).toMatchObject({ status: 403 });

	// It may have been somebody else's paper.
	await admin.post(`${pathOf(staffId)}/${id}/strike`, { commandId: randomUUID(), reason: '附错了证书' });
	expect((await ask(clerk, staffId, id, bytes)).status).toBe(403);
	expect((await fetch(`${clerk.url}${url}`)).status).toBe(403);
	expect((await ask(supervisor, staffId, id, bytes)).status).toBe(201);
});

test('B-3 a proof is a PDF or a picture that the administrator brought himself', async () => {
	const { hub, admin, staffId } = await newOffice();
	const video = Buffer.concat([Buffer.from('\x1a\x45\xdf\xa3', 'latin1'), randomBytes(2_000)]);
	const large = newPdf(QUALIFICATION_LIMITS.proofBytes + 1);
	const foreign = newPdf(2_000);
	for (const bytes of [video, large]) await upload(admin, bytes);
	await upload(await hub.signIn('administrator', '310117'), foreign);
	for (const [bytes, code] of [
		[video, 'QUAL-5307'],
		[large, 'QUAL-5308'],
		[foreign, 'BLOB-4510'],
		[newPdf(1_000), 'BLOB-4510'],
	] as const)
		expect(await admin.refused('POST', pathOf(staffId), recordBody({ proof: sha256(bytes) }))).toMatchObject({
			code,
		});
	const { records } = await record(admin, staffId);
	const id = records[0]?.qualificationId ?? '';
	for (const referrer of [
		`proof:${staffId}`,
		`proof:${staffId}_${id}`,
		`proof:x_${id}`,
		`proof:${staffId}_${id}_1`,
	])
		expect((await admin.send('POST', `/blobs/${sha256(foreign)}/grants`, { referrer })).status).toBe(403);
});

test('S4.3 Q-2 a city decides what it asks for; of two administrators at once the later one is told', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const at = '/cities/310117/qualification-rules';
	expect(qualificationRules.parse(await clerk.get(at))).toEqual({
		required: ['induction', 'exam'],
		version: 0,
	});
	const body = { commandId: randomUUID(), required: ['exam', 'inService', 'induction'], version: 0 };
	expect(await clerk.refused('PUT', at, body)).toMatchObject({ status: 403 });
	const foreign = await hub.signIn('administrator', '330100');
	expect(await foreign.refused('PUT', at, body)).toMatchObject({ status: 403 });
	const answers = await Promise.all([1, 2].map(() => admin.put(at, body)));
	expect(answers).toEqual([1, 2].map(() => ({ required: ['induction', 'inService', 'exam'], version: 1 })));
	expect((await qualificationsOf(clerk, staffId)).required).toEqual(['induction', 'inService', 'exam']);

	const other = await hub.signIn('administrator', '310117');
	const both = await Promise.all(
		[admin, other].map((who, index) =>
			who.send('PUT', at, { commandId: randomUUID(), required: index === 0 ? [] : ['exam'], version: 1 }),
		),
	);
	expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'ORG-3004' });
	for (const required of [['exam', 'exam'], ['driving'], 'exam'])
		expect(await admin.refused('PUT', at, { commandId: randomUUID(), required, version: 2 })).toMatchObject({
			code: 'REQ-1001',
		});
	// Other cities go by their own.
	expect(qualificationRules.parse(await foreign.get('/cities/330100/qualification-rules')).version).toBe(0);
});
