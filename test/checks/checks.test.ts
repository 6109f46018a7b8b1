import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkList, nodeLoop, ownCheck, scanCode, windowCheck } from '@counter-hub/shared/checks/checks.ts';
import { CHECK_MINIMUM, type CheckFinding } from '@counter-hub/shared/checks/items.ts';
import type { HubToClient } from '@counter-hub/shared/realtime/hubEvents.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { LoadClient } from '../bench/load/LoadClient.ts';
import { productSignal } from '../bench/load/productSignal.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { openPage } from '../sessions/newCounters.ts';

const [SONGJIANG, HANGZHOU] = ['310117', '330100'] as const;
const WINDOW = seededWindowId(SONGJIANG, 1);
const CAMERA: CheckFinding = {
	item: 'camera',
	picture: { width: 1280, height: 720, framesPerSecond: 25 },
};
const body = (found: CheckFinding, windowId = WINDOW) => ({ commandId: randomUUID(), windowId, found });
const tell = async (client: TestClient, sent: ReturnType<typeof body>) =>
	windowCheck.parse(await client.post('/checks/items', sent));
const own = async (client: TestClient, windowId = WINDOW) =>
	ownCheck.parse(await client.get(`/checks/own?windowId=${windowId}`));

test('L1 S5.2b what was found of a window’s devices is judged by the hub, kept by day, and seen at its counter', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const colleague = await openPage(await hub.signIn('clerk', SONGJIANG));
	const seen: Parameters<HubToClient['check:changed']>[0][] = [];
	colleague.socket.on('check:changed', (check) => seen.push(check));
	expect((await own(clerk)).check).toBeNull();

	const small = { item: 'camera' as const, picture: { width: 640, height: 480, framesPerSecond: 25 } };
	expect((await tell(clerk, body(small))).items.camera?.verdict).toBe('warn');
	const first = await tell(clerk, body(CAMERA));
	expect(first.items.camera).toMatchObject({ verdict: 'pass', found: CAMERA });
	await expect.poll(() => seen.at(-1)?.items.camera?.verdict).toBe('pass');
	expect(seen.at(-1)?.windowId).toBe(WINDOW);

	// A repeat of the command, whose answer was lost, is one finding.
	const sent = body({ item: 'printer', works: false });
	const once = await tell(clerk, sent);
	expect((await tell(clerk, sent)).version).toBe(once.version);
	// The same id for something else is refused.
	const reused = { ...sent, found: { item: 'printer' as const, works: true } };
	expect((await clerk.refused('POST', '/checks/items', reused)).status).toBe(409);
	expect((await own(clerk)).check?.items.printer?.verdict).toBe('fail');
	const supervisor = await hub.signIn('supervisor', HANGZHOU);
	const { checks } = checkList.parse(await supervisor.get('/checks'));
	expect(checks.map(({ windowId, checkedAt }) => [windowId, checkedAt])).toEqual([[WINDOW, null]]);
});

test('L1 two people at one window: each finding stands with who found it; two windows have checks of their own', async () => {
	const hub = await newHub();
	const [one, other] = [await hub.signIn('clerk', SONGJIANG), await hub.signIn('clerk', SONGJIANG)];
	const custody = (complete: boolean): CheckFinding => ({ item: 'custody', complete });
	await Promise.all([tell(one, body(CAMERA)), tell(other, body(custody(false)))]);
	await tell(other, body(CAMERA, seededWindowId(SONGJIANG, 2)));
	const { check } = await own(one);
	const [first, second] = [(await one.me()).staff.id, (await other.me()).staff.id];
	expect([check?.items.camera?.by, check?.items.custody?.by]).toEqual([first, second]);
	expect((await own(one, seededWindowId(SONGJIANG, 2))).check?.items.custody).toBeUndefined();
});

test('L1 a new day is a new check', async () => {
	let ahead = 0;
	const hub = await newHub({ now: () => Date.now() + ahead });
	await tell(await hub.signIn('clerk', SONGJIANG), body(CAMERA));
	ahead = 24 * 3_600_000;
	const clerk = await hub.signIn('clerk', SONGJIANG);
	expect((await own(clerk)).check).toBeNull();
	const { date } = await own(clerk);
	const before = new Date(Date.parse(date) - 24 * 3_600_000).toISOString().slice(0, 10);
	expect(checkList.parse(await clerk.get(`/checks?date=${before}`)).checks).toHaveLength(1);
});

test('L1 nobody checks the window of another counter, or none; nonsense is refused and changes nothing', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const elsewhere = await hub.signIn('clerk', HANGZHOU);
	const supervisor = await hub.signIn('supervisor', SONGJIANG);
	for (const client of [elsewhere, supervisor]) {
		expect((await client.refused('POST', '/checks/items', body(CAMERA))).code).toBe('ORG-3003');
		expect((await client.refused('GET', `/checks/own?windowId=${WINDOW}`)).code).toBe('ORG-3003');
	}
	const nonsense: unknown[] = [
		{ item: 'camera', picture: { width: -1, height: 720, framesPerSecond: 25 } },
		{ item: 'camera', picture: { width: 1e9, height: 720, framesPerSecond: 25 } },
		{ item: 'microphone', level: { peak: 12, floor: -50 } },
		{ item: 'speaker', played: 3, heard: 3.5 },
		{ item: 'teapot', works: true },
		{ item: 'printer', works: 'yes' },
		{ item: 'printer', works: true, verdict: 'pass' },
	];
	for (const found of nonsense)
		expect((await clerk.refused('POST', '/checks/items', { ...body(CAMERA), found })).code).toBe('REQ-1001');
	expect((await own(clerk)).check).toBeNull();
});

test('L1 K-9 an administrator decides what his city asks of its devices; the later of two is told so', async () => {
	const hub = await newHub();
	const administrator = await hub.signIn('administrator', SONGJIANG);
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const minimum = { ...CHECK_MINIMUM, camera: { width: 1920, height: 1080, framesPerSecond: 25 } };
	const sent = { commandId: randomUUID(), version: 0, minimum };
	const path = `/cities/${SONGJIANG}/check-minimum`;
	expect((await clerk.refused('PUT', path, sent)).code).toBe('AUTH-2008');
	expect((await tell(clerk, body(CAMERA))).items.camera?.verdict).toBe('pass');
	expect(await administrator.put(path, sent)).toEqual({ version: 1, minimum });
	expect(await clerk.get(path)).toEqual({ version: 1, minimum });
	// Somebody who has not seen that, and a minimum that nothing can be.
	const late = { ...sent, commandId: randomUUID(), minimum: CHECK_MINIMUM };
	expect((await administrator.refused('PUT', path, late)).code).toBe('ORG-3004');
	for (const framesPerSecond of [0, 61, 24.5]) {
		const bad = {
			...late,
			version: 1,
			minimum: { ...minimum, camera: { ...minimum.camera, framesPerSecond } },
		};
		expect((await administrator.refused('PUT', path, bad)).code).toBe('REQ-1001');
	}
	// Again as it is: nothing changes.
	expect(await administrator.put(path, { ...sent, commandId: randomUUID(), version: 1 })).toEqual({
		version: 1,
		minimum,
	});
	expect((await own(clerk)).minimum).toEqual(minimum);
	expect((await tell(clerk, body(CAMERA))).items.camera?.verdict).toBe('warn');
});

test('L2 what a page sends to its own node comes back to it over the real path', async () => {
	const hub = await newHub();
	await nodeOf(hub, 'hangzhou', HANGZHOU);
	await nodeOf(hub, 'songjiang', SONGJIANG);
	await eventually(() => {
		if (nodeRegistry(hub.context).alive(Date.now()).length < 2) throw new Error('not registered');
	});
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const loop = nodeLoop.parse(await clerk.post('/checks/node-loop'));
	expect([loop.there.nodeId, loop.back.nodeId, loop.nodeCity]).toEqual(['songjiang', 'songjiang', SONGJIANG]);
	const join = async ({ signalUrl, token }: typeof loop.there, sources: ('camera' | 'microphone')[]) =>
		LoadClient.join(await productSignal(signalUrl, [token]), sources);
	const back = await join(loop.back, []);
	const there = await join(loop.there, ['camera']);
	const pace = setInterval(() => there.sendDue(performance.now()), 5);
	const reports = setInterval(() => there.sendReports(), 500);
	try {
		const packets = () => [...back.received.values()].reduce((sum, one) => sum + one.packets, 0);
		await expect.poll(packets).toBeGreaterThan(50);
		expect(there.received.size).toBe(0);
	} finally {
		clearInterval(pace);
		clearInterval(reports);
		there.close();
		back.close();
	}
	// Who comes back may send nothing, and nobody else gets a loop.
	const again = nodeLoop.parse(await clerk.post('/checks/node-loop'));
	await expect(join(again.back, ['camera'])).rejects.toThrow('MEDIA-6004');
	const supervisor = await hub.signIn('supervisor', SONGJIANG);
	expect((await supervisor.refused('POST', '/checks/node-loop')).code).toBe('AUTH-2008');
});

test('L2 without any media node the loop is refused with a word', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	expect((await clerk.refused('POST', '/checks/node-loop')).code).toBe('CALL-5008');
});

test('S5.2a the code for the scanner is another one each time', async () => {
	const hub = await newHub();
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const codes = [await clerk.post('/checks/scan-code'), await clerk.post('/checks/scan-code')].map((one) =>
		scanCode.parse(one),
	);
	expect(codes[0]?.text).toMatch(/^CH\d{8}$/);
	expect(codes[0]?.text).not.toBe(codes[1]?.text);
	expect(codes[0]?.svg).toContain('<svg');
});
