import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { linkHistory, linkMatrix, type LinkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import type { CheckFinding } from '@counter-hub/shared/checks/items.ts';
import { seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { exchangeModel } from '@counter-hub/hub-server/features/links/Exchange.model.ts';
import { linkEndModel } from '@counter-hub/hub-server/features/links/LinkEnd.model.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { ALL_WELL, checkedWindow } from '../checks/checkedWindow.ts';
import { LoadClient } from '../bench/load/LoadClient.ts';
import { productSignal } from '../bench/load/productSignal.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { attachNode, codeOf } from '../sessions/newCounters.ts';
import { GOOD } from './goodLink.ts';
import { comesAndIsSilent, LinkWindow, staysAway, tells } from './LinkWindow.ts';
import { newOpenHub, serve } from './newOpenHub.ts';

const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const IN_TIME = { timeout: 30_000 };

async function nodeAt(hub: TestHub, nodeId: string, city: CityCode | null) {
	const node = await nodeOf(hub, nodeId, city);
	await eventually(() => {
		if (!nodeRegistry(hub.context).find(nodeId, hub.context.now())) throw new Error('not registered');
	});
	return node;
}
const read = async (client: TestClient, date?: string): Promise<LinkMatrix> =>
	linkMatrix.parse(await client.get(`/links/matrix${date === undefined ? '' : `?date=${date}`}`));
function cellOf({ cells }: LinkMatrix, from: CityCode, to: CityCode) {
	const cell = cells.find((one) => one.from === from && one.to === to);
	if (!cell) throw new Error('there is no such cell');
	return cell;
}
/** State and findings of both directions. */
async function linkOf(client: TestClient, one: CityCode, other: CityCode) {
	const matrix = await read(client);
	const [forth, back] = [cellOf(matrix, one, other), cellOf(matrix, other, one)];
	const kinds = (cell: typeof forth) =>
		cell.counters.flatMap(({ findings }) => findings.map(({ kind }) => kind));
	return { forth: [forth.state, ...kinds(forth)], back: [back.state, ...kinds(back)] };
}
const measurements = async (hub: TestHub) =>
	hub.context.connection.collection('timeline_events').countDocuments({ type: 'link.measured' });

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

test('L4 each direction is judged for itself, by the limits of the city where it arrives', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const administrator = await hub.signIn('administrator', HANGZHOU);
	const limits = { ...LINK_LIMITS, roundTripMs: { warn: 20, fail: 800 } };
	await administrator.put(`/cities/${HANGZHOU}/link-limits`, {
		commandId: randomUUID(),
		version: 0,
		limits,
	});
	const covered = { ...GOOD, picture: { ...GOOD.picture, contrast: 0.5 } };
	const songjiang = await LinkWindow.open(hub, SONGJIANG, tells(covered));
	await LinkWindow.open(hub, HANGZHOU);
	await expect
		.poll(() => linkOf(songjiang.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'covered'], back: ['warn', 'roundTrip'] });
	const { diagnoses } = await read(songjiang.client);
	expect(diagnoses).toEqual([{ kind: 'path', cities: [SONGJIANG, HANGZHOU], failed: 1, of: 2 }]);
});

test('L4 limits are the administrators’ of the city; nonsense is refused and changes nothing', async () => {
	const hub = await newOpenHub();
	const administrator = await hub.signIn('administrator', HANGZHOU);
	const clerk = await hub.signIn('clerk', HANGZHOU);
	const body = { commandId: randomUUID(), version: 0, limits: LINK_LIMITS };
	const path = `/cities/${HANGZHOU}/link-limits`;
	expect((await clerk.refused('PUT', path, body)).code).toBe('AUTH-2008');
	expect((await administrator.refused('PUT', `/cities/${SONGJIANG}/link-limits`, body)).code).toBe(
		'AUTH-2008',
	);
	const upside = { ...LINK_LIMITS, jitterMs: { warn: 90, fail: 10 } };
	expect((await administrator.refused('PUT', path, { ...body, limits: upside })).code).toBe('REQ-1001');
	expect(await clerk.get(path)).toEqual({ version: 0, limits: LINK_LIMITS });
});

test('L4 K-9 of two administrators who change the limits at once the later is told so, and nothing is overwritten', async () => {
	const hub = await newOpenHub();
	const administrators = [
		await hub.signIn('administrator', HANGZHOU),
		await hub.signIn('administrator', HANGZHOU),
	];
	const path = `/cities/${HANGZHOU}/link-limits`;
	const withWarn = (warn: number) => ({ ...LINK_LIMITS, jitterMs: { warn, fail: 200 } });
	const sent = administrators.map((_, at) => ({
		commandId: randomUUID(),
		version: 0,
		limits: withWarn(20 + at),
	}));
	const answers = await Promise.all(administrators.map((one, at) => one.send('PUT', path, sent[at])));
	const statuses = answers.map(({ status }) => status);
	expect(statuses.toSorted()).toEqual([200, 409]);
	const [first, late] = statuses[0] === 200 ? [0, 1] : [1, 0];
	expect(answers[late]?.body).toMatchObject({ code: 'ORG-3004' });
	const stands = { version: 1, limits: withWarn(20 + first) };
	expect(await administrators[late]?.get(path)).toEqual(stands);
	// The same command again, and what is so already, change nothing.
	expect(await administrators[first]?.put(path, sent[first])).toEqual(stands);
	const same = { ...sent[first], commandId: randomUUID(), version: 1 };
	expect(await administrators[first]?.put(path, same)).toEqual(stands);
	expect((await administrators[first]?.refused('PUT', path, { ...same, version: -1 }))?.code).toBe(
		'REQ-1001',
	);
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

test('L3 an answer is worth something only from a page that was in the room', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	await LinkWindow.open(hub, SONGJIANG, async (window, { exchangeId }) => {
		// Tells of pictures without ever coming in.
		await window.report(exchangeId);
	});
	const hangzhou = await LinkWindow.open(hub, HANGZHOU);
	await expect.poll(() => hangzhou.tasks.length, IN_TIME).toBe(1);
	const [task] = hangzhou.tasks;
	if (!task) throw new Error('no task');
	const stranger = await LinkWindow.open(hub, JIAXING, staysAway);
	expect(await codeOf(stranger.report(task.exchangeId))).toBe('LINK-1201');
	expect(await codeOf(stranger.report(randomUUID()))).toBe('LINK-1201');
	// Its time is over, as far as the hub is concerned.
	await expect
		.poll(
			async () => (await exchangeModel(hub.context.connection).findById(task.exchangeId))?.reports,
			IN_TIME,
		)
		.toEqual([GOOD, GOOD]);
	await exchangeModel(hub.context.connection).updateOne(
		{ _id: task.exchangeId },
		{ $set: { until: new Date(0) } },
	);
	await expect
		.poll(() => linkOf(hangzhou.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'absent'], back: ['pass'] });
	expect(await codeOf(hangzhou.report(task.exchangeId))).toBe('accepted');
	expect(await measurements(hub)).toBe(1);
});

test('L3 one that comes in and tells nothing is found at the end of the time', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	await LinkWindow.open(hub, HANGZHOU);
	await expect
		.poll(async () => (await exchangeModel(hub.context.connection).findOne())?.joined.length, IN_TIME)
		.toBe(2);
	expect((await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth[0]).toBe('running');
	await exchangeModel(hub.context.connection).updateMany({}, { $set: { until: new Date(0) } });
	await expect
		.poll(() => linkOf(songjiang.client, HANGZHOU, SONGJIANG), IN_TIME)
		.toEqual({ forth: ['fail', 'unreported'], back: ['pass'] });
});

test('L3 a reload or a call in the middle breaks it off: no result, no ghost in the room, and it is made up for', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	const hangzhou = await LinkWindow.open(hub, HANGZHOU, staysAway);
	await expect.poll(() => hangzhou.tasks.length, IN_TIME).toBe(1);
	await ask(hangzhou.socket, 'link:busy', {});
	const [first] = hangzhou.tasks;
	await expect.poll(() => songjiang.ended, IN_TIME).toEqual([first?.exchangeId]);
	expect(await codeOf(hangzhou.report(first?.exchangeId ?? ''))).toBe('LINK-1202');
	expect((await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth).toEqual(['waiting']);
	expect(await measurements(hub)).toBe(0);
	const node = nodeRegistry(hub.context).find('any', hub.context.now());
	await expect.poll(() => node?.account.roomIds, IN_TIME).toEqual([]);

	hangzhou.behaviour = songjiang.behaviour = tells(GOOD);
	await hangzhou.ready();
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth, IN_TIME)
		.toEqual(['pass']);

	// The page is gone: nothing of it is left that could be measured.
	hangzhou.socket.close();
	await expect.poll(() => linkEndModel(hub.context.connection).countDocuments(), IN_TIME).toBe(1);
});

test('L3 both ends, and two hubs, begin at the same instant: one exchange, one result', async () => {
	const hub = await newOpenHub();
	const other = await newHub({ sharing: hub });
	await attachNode(hub, 'both', other);
	const [songjiang, hangzhou] = await Promise.all([
		LinkWindow.open(hub, SONGJIANG),
		LinkWindow.of(await other.signIn('clerk', HANGZHOU), HANGZHOU, tells(GOOD)),
	]);
	await expect
		.poll(async () => (await linkOf(hangzhou.client, SONGJIANG, HANGZHOU)).back, IN_TIME)
		.toEqual(['pass']);
	expect([songjiang.tasks.length, hangzhou.tasks.length, await measurements(hub)]).toEqual([1, 1, 1]);
});

test('L3 what one hub left behind between the reports and the result, another one settles, once', async () => {
	const hub = await newOpenHub();
	await nodeAt(hub, 'any', null);
	// Reports that nobody settled: as they lie in the database when a hub was killed right then.
	const songjiang = await LinkWindow.open(hub, SONGJIANG, comesAndIsSilent);
	await LinkWindow.open(hub, HANGZHOU, comesAndIsSilent);
	const exchanges = exchangeModel(hub.context.connection);
	await expect.poll(async () => (await exchanges.findOne())?.joined.length, IN_TIME).toBe(2);
	await exchanges.updateMany({}, { $set: { reports: [GOOD, GOOD] } });
	await expect
		.poll(async () => (await linkOf(songjiang.client, SONGJIANG, HANGZHOU)).forth, IN_TIME)
		.toEqual(['pass']);
	// And killed between the result and its being done with.
	await expect.poll(async () => (await exchanges.findOne())?.state, IN_TIME).toBe('done');
	await exchanges.updateMany({}, { $set: { state: 'running' } });
	await expect.poll(async () => (await exchanges.findOne())?.state, IN_TIME).toBe('done');
	expect(await measurements(hub)).toBe(1);
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
