import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { fitnessOfStaff, fitnessPage } from '@counter-hub/shared/fitness/fitness.ts';
import { fitForShift } from '@counter-hub/hub-server/features/fitness/fitForShift.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { newHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { record } from '../qualifications/qualifying.ts';
import { publish, publisherOf, sign } from '../undertakings/undertaking.ts';

/** The hub's clock stands still, so that no midnight falls into a test. */
const NOW = Date.now();
const day = (days: number) => shanghaiDate(NOW + days * 86_400_000);

async function newOffice() {
	const hub = await newHub({ now: () => NOW });
	const admin = await publisherOf(hub);
	const clerk = await hub.signIn('clerk', '310117', { displayName: '陈静', name: '310117-0203' });
	const { staff } = await clerk.me();
	return { hub, admin, clerk, staffId: staff.id };
}
const fitnessOf = async (client: TestClient, staffId: string) =>
	fitnessOfStaff.parse(await client.get(`/staff/${staffId}/fitness`));
const list = async (client: TestClient, query = '') =>
	fitnessPage.parse(await client.get(`/fitness?${query}`));

test('S4.3 Q-4 a person is fit for a shift with valid training, exam and signature, as long as they hold', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	await publish(admin, 1);
	const fit = (date: string) => fitForShift(hub.context, staffId, date);
	expect(await fit(day(0))).toEqual({
		fit: false,
		lacks: [
			{ kind: 'qualification', qualification: 'induction' },
			{ kind: 'qualification', qualification: 'exam' },
			{ kind: 'undertaking', version: 1 },
		],
	});
	await record(admin, staffId, { kind: 'induction', title: '岗前培训', passedOn: day(-300) });
	await record(admin, staffId, { passedOn: day(-300), validUntil: day(20) });
	await sign(clerk, 1);
	expect(await fit(day(0))).toEqual({ fit: true, lacks: [] });
	expect(await fit(day(20))).toEqual({ fit: true, lacks: [] });
	expect(await fit(day(21))).toEqual({
		fit: false,
		lacks: [{ kind: 'qualification', qualification: 'exam' }],
	});
	expect((await fitnessOf(clerk, staffId)).person.expiring).toEqual([
		{ kind: 'exam', title: '2026 年专窗业务考核', validUntil: day(20) },
	]);
	await publish(admin, 2);
	expect(await fit(day(0))).toEqual({ fit: false, lacks: [{ kind: 'undertaking', version: 2 }] });
});

test('S4.3 it goes by what the person’s own city asks for, and asks nothing of who serves at no counter', async () => {
	const { hub, admin, staffId } = await newOffice();
	const elsewhere = await hub.addStaff({ role: 'approver', city: '330100' });
	const supervisor = await hub.addStaff({ role: 'supervisor', city: '310117' });
	await admin.put('/cities/310117/qualification-rules', {
		commandId: randomUUID(),
		required: ['inService'],
		version: 0,
	});
	const kindsOf = async (id: string) =>
		(await fitForShift(hub.context, id, day(0))).lacks.map((one) =>
			one.kind === 'qualification' ? one.qualification : one.kind,
		);
	expect(await kindsOf(staffId)).toEqual(['inService']);
	expect(await kindsOf(elsewhere.id)).toEqual(['induction', 'exam']);
	await publish(admin, 1);
	expect(await kindsOf(elsewhere.id)).toEqual(['induction', 'exam', 'undertaking']);
	expect(await fitForShift(hub.context, supervisor.id, day(0))).toEqual({ fit: true, lacks: [] });
	await expect(fitForShift(hub.context, randomUUID(), day(0))).rejects.toMatchObject({ key: 'notFound' });
});

test('S4.3 Q-4 a decision rests on everything acknowledged, also through another hub', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const second = await newHub({ sharing: hub, now: () => NOW });
	await publish(admin, 1);
	await record(admin, staffId, { kind: 'induction', title: '岗前培训' });
	await record(admin, staffId);
	await sign(clerk, 1);
	expect(await fitForShift(second.context, staffId, day(0))).toEqual({ fit: true, lacks: [] });
});

test('X2 administrators and supervisors list clerks and approvers of their cities, and who lacks something', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const local = await hub.signIn('administrator', '310117');
	await hub.addStaff({ role: 'approver', city: '310117', name: '310117-0301', displayName: '沈悦' });
	await hub.addStaff({ role: 'clerk', city: '330100', name: '330100-0203', displayName: '何雯' });
	await publish(admin, 1);
	await record(admin, staffId, { kind: 'induction', title: '岗前培训' });
	await record(admin, staffId);
	await sign(clerk, 1);
	await timeline(hub.context).flushProjections();
	const names = async (client: TestClient, query = '') =>
		(await list(client, query)).people.map(({ name }) => name);
	expect(await names(admin)).toEqual(['310117-0203', '310117-0301', '330100-0203']);
	expect(await names(local)).toEqual(['310117-0203', '310117-0301']);
	expect(await names(await hub.signIn('supervisor', '330100'))).toEqual(['330100-0203']);
	expect(await names(admin, 'lacking=true')).toEqual(['310117-0301', '330100-0203']);
	expect(await names(admin, `text=${encodeURIComponent('沈')}`)).toEqual(['310117-0301']);
	expect((await list(local)).people[0]).toMatchObject({ lacks: [], signed: { version: 1 } });

	const pages: string[] = [];
	for (let cursor: string | null = ''; cursor !== null;) {
		const page = await list(admin, `limit=1&lacking=true${cursor && `&cursor=${cursor}`}`);
		pages.push(...page.people.map(({ name }) => name));
		cursor = page.nextCursor;
	}
	expect(pages).toEqual(['310117-0301', '330100-0203']);

	const { staff } = await clerk.me();
	await local.patch(`/staff/${staff.id}`, { version: staff.version, disabled: true });
	expect(await names(local)).toEqual(['310117-0301']);
	const approver = await hub.signIn('approver', '310117');
	expect(await approver.refused('GET', '/fitness')).toMatchObject({ status: 403 });
	expect(await approver.refused('GET', `/staff/${staffId}/fitness`)).toMatchObject({ status: 403 });
	for (const query of ['lacking=perhaps', 'limit=0', 'limit=201', 'more=1'])
		expect(await local.refused('GET', `/fitness?${query}`)).toMatchObject({ code: 'REQ-1001' });
});

test('S4.3 many people: each page is whole, in order and without doubles', async () => {
	const { hub, admin, staffId } = await newOffice();
	const numbers = Array.from({ length: 230 }, (_, index) => `310117-1${String(index).padStart(3, '0')}`);
	for (const name of numbers) await hub.addStaff({ role: 'clerk', city: '310117', name });
	await record(admin, staffId);
	const seen: string[] = [];
	for (let cursor: string | null = ''; cursor !== null;) {
		const page = await list(admin, `limit=100${cursor && `&cursor=${cursor}`}`);
		seen.push(...page.people.map(({ name }) => name));
		cursor = page.nextCursor;
	}
	expect(seen).toEqual(['310117-0203', ...numbers]);
});

test('X-1 Q-4 a page hears at every hub when something changes for its person, and nobody else does', async () => {
	const { hub, admin, clerk, staffId } = await newOffice();
	const second = await newHub({ sharing: hub, now: () => NOW });
	const other = await hub.signIn('clerk', '310117');
	const heard = { clerk: 0, other: 0 };
	const [own, foreign] = [await clerk.socket({ url: second.url }), await other.socket({ url: second.url })];
	own.on('fitness:changed', () => (heard.clerk += 1));
	foreign.on('fitness:changed', () => (heard.other += 1));
	await record(admin, staffId);
	await vi.waitFor(() => expect(heard).toEqual({ clerk: 1, other: 0 }), 10_000);
	await publish(admin, 1);
	await vi.waitFor(() => expect(heard).toEqual({ clerk: 2, other: 1 }), 10_000);
	own.close();
	foreign.close();
});
