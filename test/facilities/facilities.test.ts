import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { facilitiesView, type CounterFacilities } from '@counter-hub/shared/facilities/facilities.ts';
import { isFault } from '@counter-hub/shared/facilities/shortfallsOf.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { plantFacilities } from '@counter-hub/hub-server/seed/demo/plantFacilities.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { devicesIn } from './devicesIn.ts';

const SONGJIANG = seededCounterId('310117');
const SITE = { place: 'county', sign: { shown: true, lookedAt: '2026-11-20' } };
const recordSite = (client: TestClient, version: number, more: object = {}) =>
	client.send('PUT', `/counters/${SONGJIANG}/facilities/site`, {
		commandId: randomUUID(),
		version,
		...SITE,
		...more,
	});
const recordWindow = (
	client: TestClient,
	version: number,
	more: object = {},
	windowId: string = seededWindowId('310117', 1),
) =>
	client.send('PUT', `/counters/${SONGJIANG}/facilities/windows/${windowId}`, {
		commandId: randomUUID(),
		version,
		area: 12.5,
		devices: devicesIn('inUse'),
		...more,
	});
const read = async (client: TestClient): Promise<CounterFacilities[]> =>
	facilitiesView.parse(await client.get('/facilities')).counters;
const eventsOf = async (hub: TestHub, counterId: string = SONGJIANG) =>
	(await timeline(hub.context).page(`counter:${counterId}`, { limit: 100 })).events;

test('S5.1 S5.2a an administrator records place, sign, space and devices; the register says what falls short and why', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const [before] = await read(admin);
	expect(before).toMatchObject({ counterId: SONGJIANG, site: { version: 0, record: null } });
	expect(before?.shortfalls.map(({ kind, windowNumber }) => [kind, windowNumber])).toEqual([
		['siteUnknown', null],
		['windowUnknown', 1],
		['windowUnknown', 2],
		['windowUnknown', 3],
	]);
	expect((await recordSite(admin, 0)).status).toBe(200);
	const devices = {
		...devicesIn('inUse'),
		scanner: { state: 'broken', model: '', serial: '', note: '不亮' },
	};
	expect((await recordWindow(admin, 0, { area: 8.5, devices })).status).toBe(200);
	for (const number of [2, 3])
		expect((await recordWindow(admin, 0, {}, seededWindowId('310117', number))).status).toBe(200);
	const other = await newHub({ sharing: hub });
	const supervisor = other.client();
	supervisor.token = (await hub.signIn('supervisor', '310117')).token;
	const [after] = await read(supervisor);
	expect(after).toMatchObject({ site: { version: 1, record: SITE } });
	expect(after?.windows[0]).toMatchObject({ number: 1, version: 1, record: { area: 8.5, devices } });
	expect(after?.shortfalls).toEqual([
		{ kind: 'areaSmall', windowNumber: 1, device: null, area: 8.5 },
		{ kind: 'deviceBroken', windowNumber: 1, device: 'scanner', area: null },
	]);
	expect((await eventsOf(hub)).map(({ type }) => type)).toEqual([
		'facilities.siteRecorded',
		'facilities.windowRecorded',
		'facilities.windowRecorded',
		'facilities.windowRecorded',
	]);
});

test('a repeat changes nothing, the same again needs no event, and another content under the same id is refused', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117');
	const commandId = randomUUID();
	const answers = await Promise.all([1, 2, 3].map(() => recordWindow(admin, 0, { commandId })));
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect((await recordWindow(admin, 1)).status).toBe(200);
	expect(await recordWindow(admin, 0, { commandId, area: 20 })).toMatchObject({ body: { code: 'REQ-1009' } });
	expect(await eventsOf(hub)).toHaveLength(1);
});

test('of two administrators at the same window the later one gets staleVersion; different parts do not meet', async () => {
	const hub = await newHub();
	const [one, two] = await Promise.all([1, 2].map(() => hub.signIn('administrator', '310117')));
	const same = await Promise.all([recordWindow(one!, 0), recordWindow(two!, 0, { area: 15 })]);
	expect(same.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(same.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'ORG-3004' } });
	const apart = await Promise.all([
		recordSite(one!, 0),
		recordWindow(two!, 0, {}, seededWindowId('310117', 2)),
		recordWindow(one!, 0, {}, seededWindowId('310117', 3)),
	]);
	expect(apart.map(({ status }) => status)).toEqual([200, 200, 200]);
	expect(await recordSite(two!, 0, { place: 'zone' })).toMatchObject({ body: { code: 'ORG-3004' } });
});

test('X2 only the city’s own people see its facilities, only its administrators record them, and what is wrong is named', async () => {
	const hub = await newHub();
	for (const role of ['clerk', 'approver'] as const) {
		const person = await hub.signIn(role, '310117');
		expect((await person.send('GET', '/facilities')).status, role).toBe(403);
		expect((await recordSite(person, 0)).status, role).toBe(403);
	}
	expect((await hub.client().send('GET', '/facilities')).status).toBe(401);
	const supervisor = await hub.signIn('supervisor', '310117');
	const elsewhere = await hub.signIn('administrator', '330100');
	for (const person of [supervisor, elsewhere]) {
		expect((await recordSite(person, 0)).status).toBe(403);
		expect((await recordWindow(person, 0)).status).toBe(403);
	}
	expect((await read(supervisor)).map(({ cityCode }) => cityCode)).toEqual(['310117']);
	expect((await read(elsewhere)).map(({ cityCode }) => cityCode)).toEqual(['330100']);

	const admin = await hub.signIn('administrator', '310117');
	expect(await recordWindow(admin, 0, {}, seededWindowId('330100', 1))).toMatchObject({
		body: { code: 'ORG-3003' },
	});
	expect(await recordWindow(admin, 0, {}, randomUUID())).toMatchObject({ body: { code: 'ORG-3003' } });
	expect(
		await admin.send('PUT', `/counters/${randomUUID()}/facilities/site`, {
			commandId: randomUUID(),
			version: 0,
			...SITE,
		}),
	).toMatchObject({ body: { code: 'ORG-3002' } });
	for (const [more, code] of [
		[{ area: 0 }, 'REQ-1001'],
		[{ devices: {} }, 'REQ-1001'],
		[
			{
				devices: {
					...devicesIn('inUse'),
					desk: { state: 'inUse', model: '13800138000', serial: '', note: '' },
				},
			},
			'FORM-1105',
		],
		[{ extra: true }, 'REQ-1001'],
	] as const)
		expect(await recordWindow(admin, 0, more), code).toMatchObject({ status: 422, body: { code } });
	expect(await eventsOf(hub)).toEqual([]);
});

test('the demo has facilities of nine counters, of which one falls short; planting again, also over a record, changes nothing', async () => {
	const hub = await newHub();
	const admin = await hub.signIn('administrator', '310117', { cities: ['310117', '330100', '340200'] });
	expect((await recordSite(admin, 0, { place: 'zone' })).status).toBe(200);
	await plantFacilities(hub.context);
	await plantFacilities(hub.context);
	const nine = await hub.signIn('supervisor', '310117', {
		cities: ['310117', '330400', '330100', '330700', '320500', '330500', '341800', '340200', '340100'],
	});
	const counters = await read(nine);
	expect(counters).toHaveLength(9);
	expect(
		counters.filter(({ shortfalls }) => shortfalls.some(isFault)).map(({ cityCode }) => cityCode),
	).toEqual(['340200']);
	const wuhu = counters.find(({ cityCode }) => cityCode === '340200');
	expect(wuhu?.shortfalls.map(({ kind, windowNumber, device }) => [kind, windowNumber, device])).toEqual([
		['areaSmall', 2, null],
		['deviceBroken', 2, 'printer'],
		['deviceMissing', 2, 'headset'],
	]);
	expect(counters.find(({ cityCode }) => cityCode === '310117')?.site.record?.place).toBe('zone');
	expect(await eventsOf(hub)).toHaveLength(4);
	expect(await eventsOf(hub, seededCounterId('340200'))).toHaveLength(3);
});
