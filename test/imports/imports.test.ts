import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
	IMPORT_LIMITS,
	importPreview,
	importStep,
	type ImportOutcome,
	type ImportPreview,
} from '@counter-hub/shared/imports/staffImport.ts';
import { staffPage } from '@counter-hub/shared/people/people.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';

const HEAD = '工号,姓名,角色,专窗';
const sheet = (...rows: string[]) => [HEAD, ...rows].join('\r\n');
/** 王小明，as GB18030. */
const GB18030 = {
	head: Buffer.from('b9a4bac52cd0d5c3fb2cbdc7c9ab2cd7a8b4b0', 'hex'),
	row: Buffer.from('3331303131372d303930312ccdf5d0a1c3f72cd7a8b4b0c8cbd4b12ccbc9bdadd7a8b4b0', 'hex'),
};

async function newOffice() {
	const hub = await newHub();
	return { hub, admin: await hub.signIn('administrator', '310117') };
}
/** Sends a file as a page does. */
async function send(client: TestClient, file: string | Buffer, type = 'text/csv') {
	return fetch(`${client.url}/api/v1/imports/staff`, {
		method: 'POST',
		headers: { authorization: `Bearer ${client.token}`, 'content-type': type },
		body: Buffer.from(file),
	});
}
async function preview(client: TestClient, file: string | Buffer): Promise<ImportPreview> {
	return importPreview.parse(await (await send(client, file)).json());
}
const codeOf = async (client: TestClient, file: string | Buffer, type?: string) =>
	((await (await send(client, file, type)).json()) as { code: string }).code;
const verdicts = ({ lines }: ImportPreview) => lines.map(({ line, verdict }) => [line, verdict]);
const apply = async (client: TestClient, hash: string, commandId: string = randomUUID(), after = 0) =>
	importStep.parse(await client.post(`/imports/staff/${hash}/apply`, { commandId, after }));
const outcomesOf = (outcomes: readonly ImportOutcome[]) =>
	outcomes.map(({ line, outcome }) => [line, outcome]);
const people = async (client: TestClient) =>
	staffPage
		.parse(await client.get('/staff?limit=200'))
		.staff.filter(({ name }) => name.startsWith('310117-09'));
const headOf = async (hub: TestHub, staffId: string) =>
	(await timeline(hub.context).page(`staff:${staffId}`, { limit: 50 })).events.map(({ type }) => type);

test('S4.1 a list is looked at first and changes nothing; applied, each new person signs in with the password shown once', async () => {
	const { hub, admin } = await newOffice();
	const known = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		name: '310117-0902',
		displayName: '李四',
	});
	await hub.addStaff({ role: 'clerk', city: '310117', name: '310117-0903', displayName: '赵六' });
	const shown = await preview(
		admin,
		sheet(
			'310117-0901,王小明,专窗人员,松江专窗',
			'310117-0902,李思,审查人员,松江专窗',
			'310117-0903,赵六,专窗人员,松江专窗',
			'310117-0904,钱七,主任,松江专窗',
		),
	);
	expect(verdicts(shown)).toEqual([
		[2, 'new'],
		[3, 'changed'],
		[4, 'unchanged'],
		[5, 'refused'],
	]);
	expect(await people(admin)).toHaveLength(2);
	expect(await headOf(hub, known.id)).toEqual([]);

	const { outcomes, next } = await apply(admin, shown.hash);
	expect(next).toBeNull();
	expect(outcomesOf(outcomes)).toEqual([
		[2, 'created'],
		[3, 'changed'],
	]);
	expect(await people(admin)).toMatchObject([
		{ name: '310117-0901', displayName: '王小明', role: 'clerk', mustChangePassword: true },
		{ name: '310117-0902', displayName: '李思', role: 'approver' },
		{ name: '310117-0903', displayName: '赵六' },
	]);
	expect(await headOf(hub, known.id)).toEqual(['staff.changed']);
	const [created] = outcomes;
	const person = hub.client();
	const password = created?.outcome === 'created' ? created.password : '';
	expect((await person.signIn('310117-0901', password)).mustChangePassword).toBe(true);
	// The same list again finds everything as it says.
	expect(verdicts(await preview(admin, sheet('310117-0901,王小明,专窗人员,松江专窗')))).toEqual([
		[2, 'unchanged'],
	]);
});

test('F10 the same in GB18030 and with other signs between; what is no list is refused by name', async () => {
	const { admin } = await newOffice();
	const gb = Buffer.concat([GB18030.head, Buffer.from('\r\n'), GB18030.row, Buffer.from('\r\n')]);
	const row = '310117-0901,王小明,专窗人员,松江专窗';
	for (const file of [
		gb,
		`\ufeff${sheet(row)}`,
		sheet(row).replaceAll(',', ';'),
		sheet(row).replaceAll(',', '\t'),
	])
		expect((await preview(admin, file)).lines).toMatchObject([
			{ line: 2, verdict: 'new', cells: { displayName: '王小明', role: '专窗人员', counter: '松江专窗' } },
		]);
	for (const [file, code] of [
		[Buffer.from([0xff, 0xfe, 0x0d, 0x67]), 'IMPT-5502'],
		[`${HEAD}\n"310117`, 'IMPT-5503'],
		['', 'IMPT-5504'],
		['工号,姓名\n1,2', 'IMPT-5504'],
		[HEAD, 'IMPT-5505'],
		[sheet(...Array.from({ length: IMPORT_LIMITS.lines + 1 }, () => row)), 'IMPT-5506'],
		[Buffer.alloc(IMPORT_LIMITS.bytes + 1, 'x'), 'IMPT-5501'],
	] as const)
		expect(await codeOf(admin, file)).toBe(code);
	expect(await codeOf(admin, sheet(row), 'application/octet-stream')).toBe('REQ-1011');
	expect(await codeOf(admin, JSON.stringify({ rows: [] }), 'application/json')).toBe('REQ-1011');
});

test('X2 only administrators import, and only people and counters of their own cities', async () => {
	const { hub, admin } = await newOffice();
	const file = sheet('310117-0901,王小明,专窗人员,松江专窗');
	for (const role of ['clerk', 'approver', 'supervisor'] as const)
		expect(await codeOf(await hub.signIn(role, '310117'), file)).toBe('AUTH-2008');
	expect((await send(hub.client(), file)).status).toBe(401);
	await hub.addStaff({ role: 'clerk', city: '330100', name: '330100-0203' });
	const { lines } = await preview(
		admin,
		sheet('330100-0203,何雯,专窗人员,松江专窗', '310117-0901,王小明,专窗人员,杭州专窗'),
	);
	expect(lines).toMatchObject([
		{ verdict: 'refused', refusal: { reason: 'foreignPerson' } },
		{ verdict: 'refused', refusal: { reason: 'foreignCounter' } },
	]);
	// What one has previewed the other does not apply.
	const { hash } = await preview(admin, file);
	const other = await hub.signIn('administrator', '310117');
	const body = { commandId: randomUUID(), after: 0 };
	expect(await other.refused('POST', `/imports/staff/${hash}/apply`, body)).toMatchObject({
		status: 404,
		code: 'IMPT-5507',
	});
	for (const [at, more, code] of [
		['x', {}, 'REQ-1001'],
		['a'.repeat(64), {}, 'IMPT-5507'],
		[hash, { after: -1 }, 'REQ-1001'],
		[hash, { commandId: 'x' }, 'REQ-1001'],
		[hash, { more: 1 }, 'REQ-1001'],
	] as const)
		expect(await admin.refused('POST', `/imports/staff/${at}/apply`, { ...body, ...more })).toMatchObject({
			code,
		});
});

test('S4.1 Q-5 whoever was changed or registered since the preview is left alone and reported; the others are applied', async () => {
	const { hub, admin } = await newOffice();
	const other = await hub.signIn('administrator', '310117');
	const changed = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		name: '310117-0902',
		displayName: '李四',
	});
	await hub.addStaff({ role: 'clerk', city: '310117', name: '310117-0903', displayName: '赵六' });
	const { hash } = await preview(
		admin,
		sheet(
			'310117-0901,王小明,专窗人员,松江专窗',
			'310117-0902,李思,专窗人员,松江专窗',
			'310117-0903,赵柳,专窗人员,松江专窗',
			'310117-0904,钱七,专窗人员,松江专窗',
			'310117-0905,孙八,专窗人员,松江专窗',
		),
	);
	await other.patch(`/staff/${changed.id}`, { version: 1, displayName: '李肆' });
	await hub.addStaff({ role: 'approver', city: '310117', name: '310117-0904', displayName: '另一位' });
	// Somebody else had the same line.
	await hub.addStaff({ role: 'clerk', city: '310117', name: '310117-0905', displayName: '孙八' });
	const { outcomes } = await apply(admin, hash);
	expect(outcomes).toMatchObject([
		{ line: 2, outcome: 'created' },
		{ line: 3, outcome: 'refused', refusal: { reason: 'meanwhile' } },
		{ line: 4, outcome: 'changed' },
		{ line: 5, outcome: 'refused', refusal: { reason: 'meanwhile' } },
		{ line: 6, outcome: 'unchanged' },
	]);
	expect((await people(admin)).map(({ displayName }) => displayName)).toEqual([
		'王小明',
		'李肆',
		'赵柳',
		'另一位',
		'孙八',
	]);
});

test('H-7 Q-5 a step repeated doubles nobody, also through another hub; the last password shown is the one that works', async () => {
	const { hub, admin } = await newOffice();
	const known = await hub.addStaff({
		role: 'clerk',
		city: '310117',
		name: '310117-0902',
		displayName: '李四',
	});
	const { hash } = await preview(
		admin,
		sheet('310117-0901,王小明,专窗人员,松江专窗', '310117-0902,李思,专窗人员,松江专窗'),
	);
	const second = await newHub({ sharing: hub });
	const elsewhere = second.client();
	elsewhere.token = admin.token;
	const commandId = randomUUID();
	await apply(admin, hash, commandId);
	const { outcomes } = await apply(elsewhere, hash, commandId);
	expect(outcomesOf(outcomes)).toEqual([
		[2, 'created'],
		[3, 'changed'],
	]);
	const now = await people(admin);
	expect(now).toHaveLength(2);
	expect(await headOf(hub, known.id)).toEqual(['staff.changed']);
	expect(await headOf(hub, now[0]?.id ?? '')).toEqual(['staff.created']);
	const [created] = outcomes;
	const password = created?.outcome === 'created' ? created.password : '';
	await hub.client().signIn('310117-0901', password);
	// Another run of the same preview shows no password of somebody who is there already.
	expect(outcomesOf((await apply(admin, hash)).outcomes)).toEqual([
		[2, 'unchanged'],
		[3, 'changed'],
	]);
	await hub.client().signIn('310117-0901', password);
});

test('S4.1 Q-5 a long list is applied step by step; a new preview takes the place of the one before', async () => {
	const { admin } = await newOffice();
	const rows = Array.from(
		{ length: IMPORT_LIMITS.batch * 2 + 5 },
		(_, index) => `310117-09${String(index).padStart(3, '0')},某某,专窗人员,松江专窗`,
	);
	const first = await preview(admin, sheet(...rows));
	const commandId = randomUUID();
	const steps: number[] = [];
	for (let after: number | null = 0; after !== null;) {
		const { outcomes, next } = await apply(admin, first.hash, commandId, after);
		steps.push(outcomes.length);
		after = next;
	}
	expect(steps).toEqual([IMPORT_LIMITS.batch, IMPORT_LIMITS.batch, 5]);
	expect(await people(admin)).toHaveLength(rows.length);
	const again = await preview(admin, sheet(...rows));
	expect(again.hash).not.toBe(first.hash);
	expect(new Set(again.lines.map(({ verdict }) => verdict))).toEqual(new Set(['unchanged']));
	const body = { commandId: randomUUID(), after: 0 };
	expect(await admin.refused('POST', `/imports/staff/${first.hash}/apply`, body)).toMatchObject({
		code: 'IMPT-5507',
	});
});

test('S4.1 a preview expires', async () => {
	let now = Date.now();
	const hub = await newHub({ now: () => now });
	const { name, password } = await hub.addStaff({ role: 'administrator', city: '310117' });
	const admin = hub.client();
	await admin.signIn(name, password);
	const { hash, expiresAt } = await preview(admin, sheet('310117-0901,王小明,专窗人员,松江专窗'));
	now = Date.parse(expiresAt);
	await admin.signIn(name, password);
	const body = { commandId: randomUUID(), after: 0 };
	expect(await admin.refused('POST', `/imports/staff/${hash}/apply`, body)).toMatchObject({
		code: 'IMPT-5507',
	});
});
