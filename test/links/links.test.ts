import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { linkHistory } from '@counter-hub/shared/links/matrix.ts';
import type { CheckFinding } from '@counter-hub/shared/checks/items.ts';
import { seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { ALL_WELL, checkedWindow } from '../checks/checkedWindow.ts';
import { LoadClient } from '../bench/load/LoadClient.ts';
import { productSignal } from '../bench/load/productSignal.ts';
import { ask } from '../platform/TestClient.ts';
import { codeOf } from '../sessions/newCounters.ts';
import { GOOD } from './goodLink.ts';
import { LinkWindow, tells } from './LinkWindow.ts';
import { newOpenHub, serve } from './newOpenHub.ts';
import { cellOf, linkOf, measurements, nodeAt, read } from './linkState.ts';

const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const IN_TIME = { timeout: 30_000 };

test('L3 L4 two windows that come online measure each other by themselves, over two nodes, by what arrives', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'songjiang', SONGJIANG);
	await nodeAt(hub, 'hangzhou', HANGZHOU);
	const arrived = new Map<string, number>();
	/** Sends a real camera and microphone, and tells how much of the other's came. */
	const exchanges: LinkWindow['behaviour'] = async (window, { admission, exchangeId }) => {
		const client = await LoadClient.join(await productSignal(admission.signalUrl, [admission.token]), [
			'microphone',
			'camera',
		]);
		const pace = setInterval(() => client.sendDue(performance.now()), 5);
		const reports = setInterval(() => client.sendReports(), 500);
		const leave = () => {
			clearInterval(pace);
			clearInterval(reports);
			client.close();
		};
		window.leaving.set(exchangeId, leave);
		onTestFinished(leave);
		const packets = () => [...client.received.values()].map((one) => one.packets);
		await expect.poll(() => packets().filter((count) => count > 50).length, IN_TIME).toBe(2);
		arrived.set(window.city, Math.min(...packets()));
		await window.report(exchangeId, { ...GOOD, sound: { ...GOOD.sound, packets: Math.min(...packets()) } });
	};
	const songjiang = await LinkWindow.open(hub, SONGJIANG, exchanges);
	const hangzhou = await LinkWindow.open(hub, HANGZHOU, exchanges);
	await expect
		.poll(() => linkOf(songjiang.client, SONGJIANG, HANGZHOU), IN_TIME)
		.toEqual({ forth: ['pass'], back: ['pass'] });

	expect([songjiang, hangzhou].map(({ tasks }) => tasks.map(({ admission }) => admission.nodeId))).toEqual([
		['songjiang'],
		['hangzhou'],
	]);
	expect(songjiang.tasks[0]?.with).toMatchObject({ cityCode: HANGZHOU, counterName: '杭州专窗' });
	// Each direction is what its receiver measured.
	const matrix = await read(songjiang.client);
	const [link] = cellOf(matrix, HANGZHOU, SONGJIANG).counters;
	expect(link?.measured?.sound?.packets).toBe(arrived.get(SONGJIANG));
	expect(link?.path).toEqual(['hangzhou', 'songjiang']);
	expect([link?.from.counterName, link?.to.counterName]).toEqual(['杭州专窗', '松江专窗']);
	// Both are free again, and are not called once more.
	await expect.poll(() => songjiang.ended, IN_TIME).toEqual([songjiang.tasks[0]?.exchangeId]);
	expect(await measurements(hub)).toBe(1);
});

test('L3 a city that is not there yet waits, and is measured when it comes; nobody is rung', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG);
	await LinkWindow.open(hub, JIAXING);
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, JIAXING)).forth, IN_TIME)
		.toEqual(['pass']);
	expect((await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth).toEqual(['waiting']);
	let rang = false;
	const hangzhou = await LinkWindow.open(hub, HANGZHOU);
	hangzhou.socket.on('session:ringing', () => (rang = true));
	for (const city of [SONGJIANG, JIAXING] as const)
		await expect
			.poll(async () => (await linkOf(songjiang.client, city, HANGZHOU)).back, IN_TIME)
			.toEqual(['pass']);
	expect(rang).toBe(false);
	expect(hangzhou.tasks.map((task) => task.with.cityCode).toSorted()).toEqual([SONGJIANG, JIAXING]);
});

test('L3 K-1 a window is measured only once its check of the day is complete, and no longer when it is not', async () => {
	let ahead = 0;
	const hub = await newOpenHub({ now: () => Date.now() + ahead });
	const client = await hub.signIn('clerk', SONGJIANG);
	const windowId = seededWindowId(SONGJIANG, 1);
	const [here, nowhere] = [await client.socket({ windowId }), await client.socket({ pageId: randomUUID() })];
	onTestFinished(() => {
		for (const socket of [here, nowhere]) socket.close();
	});
	const isReady = async () =>
		(await read(client)).cities.find(({ cityCode }) => cityCode === SONGJIANG)?.ready === 1;
	const say = () => ask(here, 'link:ready', {});
	const find = (found: CheckFinding) =>
		client.post('/checks/items', { commandId: randomUUID(), windowId, found });
	expect(await codeOf(say())).toBe('LINK-1206');
	for (const found of ALL_WELL.slice(0, 2)) await find(found);
	expect(await codeOf(say())).toBe('LINK-1206');
	expect(await isReady()).toBe(false);
	await checkedWindow(client);
	await say();
	expect(await isReady()).toBe(true);
	// A PC that was set to no window has none that could be checked.
	expect(await codeOf(ask(nowhere, 'link:ready', {}))).toBe('LINK-1206');

	await find({ item: 'camera', picture: null });
	expect(await codeOf(say())).toBe('LINK-1206');
	expect(await isReady()).toBe(false);
	await checkedWindow(client);
	await say();
	ahead = 24 * 3_600_000;
	expect(await codeOf(say())).toBe('LINK-1206');
});

test('X6 L4 a city whose node is away is red with the reason, without a try, and green again by itself', async () => {
	const hub = await newOpenHub();
	const own = await nodeAt(hub, 'songjiang', SONGJIANG);
	await nodeAt(hub, 'hangzhou', HANGZHOU);
	const songjiang = await LinkWindow.open(hub, SONGJIANG);
	await LinkWindow.open(hub, HANGZHOU);
	await LinkWindow.open(hub, JIAXING);
	const all = async () => (await read(songjiang.client)).cells.filter(({ state }) => state === 'pass').length;
	await expect.poll(all, IN_TIME).toBe(6);

	await own.close();
	await expect
		.poll(() => linkOf(songjiang.client, SONGJIANG, HANGZHOU), IN_TIME)
		.toEqual({ forth: ['fail', 'nodeAway'], back: ['fail', 'nodeAway'] });
	await expect
		.poll(async () => (await read(songjiang.client)).diagnoses, IN_TIME)
		.toEqual([{ kind: 'node', cities: [SONGJIANG], failed: 4, of: 6 - 2 }]);
	expect((await linkOf(songjiang.client, JIAXING, HANGZHOU)).forth).toEqual(['pass']);

	await nodeAt(hub, 'songjiang', SONGJIANG);
	await expect.poll(all, IN_TIME).toBe(6);
	expect((await read(songjiang.client)).diagnoses).toEqual([]);
});

test('L4 yesterday is there to look at, to compare with, and in the trend', async () => {
	let ahead = 0;
	const hub = await newOpenHub({ now: () => Date.now() + ahead });
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG, tells({ ...GOOD, lossPercent: 40 }));
	await LinkWindow.open(hub, HANGZHOU);
	const isMeasured = async () => cellOf(await read(songjiang.client), HANGZHOU, SONGJIANG).verdict;
	await expect.poll(isMeasured, IN_TIME).toBe('fail');
	const { date } = await read(songjiang.client);

	ahead = 24 * 3_600_000;
	const tomorrow = await read(await hub.signIn('supervisor', JIAXING));
	expect(tomorrow.date > date).toBe(true);
	expect(cellOf(tomorrow, HANGZHOU, SONGJIANG)).toMatchObject({
		state: 'waiting',
		verdict: null,
		before: 'fail',
	});
	const supervisor = await hub.signIn('supervisor', JIAXING);
	expect(cellOf(await read(supervisor, date), HANGZHOU, SONGJIANG)).toMatchObject({
		state: 'fail',
		before: null,
	});
	const history = linkHistory.parse(
		await supervisor.get(`/links/history?from=${HANGZHOU}&to=${SONGJIANG}&days=30`),
	);
	expect(history.days).toEqual([
		{ date, verdict: 'fail', worst: 'fail', roundTripMs: 38, lossPercent: 40, measurements: 1 },
	]);
	expect((await supervisor.refused('GET', `/links/history?from=${HANGZHOU}&to=${HANGZHOU}`)).code).toBe(
		'LINK-1203',
	);
	expect((await supervisor.refused('GET', `/links/matrix?date=2026-13-41`)).code).toBe('REQ-1001');
});

test('L3 the machines of a city that is closed today are not missed, and measured all the same when they are there', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG);
	const { date } = await read(songjiang.client);
	await serve(hub, HANGZHOU, date, false);
	await expect
		.poll(async () => cellOf(await read(songjiang.client), SONGJIANG, HANGZHOU).state, IN_TIME)
		.toBe('notDue');
	const matrix = await read(songjiang.client);
	expect(
		[cellOf(matrix, SONGJIANG, HANGZHOU), cellOf(matrix, SONGJIANG, JIAXING)].map(({ state }) => state),
	).toEqual(['notDue', 'waiting']);
	expect(matrix.cities.filter(({ due }) => !due).map(({ cityCode }) => cityCode)).toEqual([HANGZHOU]);
	await LinkWindow.open(hub, HANGZHOU);
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth, IN_TIME)
		.toEqual(['pass']);
});

test('L3 who looks on is not measured; who sits at a window asks for the own city’s links only', async () => {
	const hub = await newOpenHub();
	const supervisor = await hub.signIn('supervisor', SONGJIANG);
	const socket = await supervisor.socket();
	onTestFinished(() => {
		socket.close();
	});
	expect(await codeOf(ask(socket, 'link:ready', {}))).toBe('AUTH-2008');
	expect(await codeOf(ask(socket, 'link:again', { commandId: randomUUID(), cityCode: HANGZHOU }))).toBe(
		'AUTH-2008',
	);
	const clerk = await LinkWindow.open(hub, SONGJIANG);
	const again = (cityCode: CityCode) =>
		ask(clerk.socket, 'link:again', { commandId: randomUUID(), cityCode });
	expect(await codeOf(again(SONGJIANG))).toBe('LINK-1203');
	await again(HANGZHOU);
	expect((await read(supervisor)).cities.find(({ cityCode }) => cityCode === SONGJIANG)?.ready).toBe(1);
	for (const measured of [
		{ ...GOOD, lossPercent: 101 },
		{ ...GOOD, seconds: NaN },
		{ ...GOOD, picture: { ...GOOD.picture, frames: -1 } },
	])
		expect(await codeOf(clerk.report(randomUUID(), measured))).toBe('REQ-1001');
});
