import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CheckFinding } from '@counter-hub/shared/checks/items.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import { pairOf, type LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { recordMeasurement } from '@counter-hub/hub-server/features/links/recordMeasurement.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { jobs } from '@counter-hub/hub-server/jobs.ts';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { LinkWindow } from '../links/LinkWindow.ts';
import { GOOD } from '../links/goodLink.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import {
	check,
	command,
	HANGZHOU,
	IN_TIME,
	JIAXING,
	list,
	oneTicket,
	printer,
	read,
	SONGJIANG,
	step,
	types,
	WINDOW,
} from './ticketCalls.ts';

const PASS: LinkResult = { ...judge(GOOD, LINK_LIMITS), measured: GOOD };

/** A window of a city at one end of a link. */
const end = (cityCode: CityCode) => ({
	cityCode,
	counterId: seededCounterId(cityCode),
	windowId: seededWindowId(cityCode, 1),
	staffId: randomUUID(),
	nodeId: 'any',
});
/** What two cities found of each other, as an exchange puts it on record; the smaller code comes first. */
const measure = (hub: TestHub, [one, other]: [CityCode, CityCode], forth: LinkResult, back: LinkResult) => {
	const exchangeId = randomUUID();
	return recordMeasurement(hub.context, pairOf(one, other), `exchange:${exchangeId}`, {
		type: 'link.measured',
		data: {
			exchangeId,
			date: shanghaiDate(hub.context.now()),
			cause: 'exchange',
			ends: [end(one), end(other)],
			forth,
			back,
		},
	});
};
const judged = (measured: MeasuredLink): LinkResult => ({ ...judge(measured, LINK_LIMITS), measured });

/** Both jobs have done again everything there is. */
async function doneAgain(hub: TestHub): Promise<void> {
	const names = ['ticketsOfChecks', 'ticketsOfLinks'];
	for (const name of names) await jobs(hub.context).restart(name);
	await eventually(async () => {
		const records = await hub.context.connection
			.collection<{ _id: string; progress?: { reading?: object } }>('jobs')
			.find({ _id: { $in: names } })
			.toArray();
		if (records.some(({ progress }) => !progress || progress.reading)) throw new Error('not yet');
	});
}

describe('S5.2b what the check of a window finds', () => {
	test('a failing device becomes a ticket with its measurements; what fails again is noted on it', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const found: CheckFinding = { item: 'microphone', level: null };
		await check(clerk, found);
		const first = await oneTicket(clerk, { state: 'pending' });
		expect(first).toMatchObject({
			cause: { kind: 'device', windowId: WINDOW, item: 'microphone' },
			cityCode: SONGJIANG,
			counterName: '松江专窗',
			windowNumber: 1,
			openedBy: null,
			failures: { count: 1 },
			evidence: { kind: 'check', found },
		});
		expect(first.number).toBe(`GD-${shanghaiDate(Date.now()).slice(5).replace('-', '')}-01`);
		await check(clerk, found);
		const again = await oneTicket(clerk, { failures: { count: 2 } });
		expect(again.failures.lastAt! > first.failures.lastAt!).toBe(true);
		expect(await types(clerk, first.id)).toEqual(['opened', 'failed']);
	});

	test('what passes again waits for a word, and is not solved by itself; failing once more it is to be handled', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const administrator = await hub.signIn('administrator', SONGJIANG);
		await check(clerk, printer(false));
		await step(administrator, await oneTicket(clerk), 'take');
		await check(clerk, printer(true));
		await oneTicket(clerk, { state: 'confirming' });
		// Every morning's check says so again; that is no news.
		await check(clerk, printer(true));
		await check(clerk, printer(false));
		const failing = await oneTicket(clerk, { state: 'pending', passedAt: null, failures: { count: 2 } });
		expect(await types(clerk, failing.id)).toEqual(['opened', 'taken', 'passed', 'failed']);
		await check(clerk, printer(true));
		const passed = await oneTicket(clerk, { state: 'confirming' });
		const solved = await step(administrator, passed, 'solve', { done: '更换了数据线' });
		expect(solved).toMatchObject({ state: 'solved', solved: { done: '更换了数据线' } });
	});

	test('what works and falls short of the minimum is no fault', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const picture = { width: 640, height: 480, framesPerSecond: 25 };
		await check(clerk, { item: 'camera', picture });
		await check(clerk, printer(false));
		await oneTicket(clerk, { cause: { item: 'printer' } });
	});

	test('after it was solved the same fault is another ticket, and the first one stays closed', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const administrator = await hub.signIn('administrator', SONGJIANG);
		await check(clerk, printer(false));
		const first = await step(administrator, await oneTicket(clerk), 'solve', { done: '重新安装驱动' });
		await check(clerk, printer(false));
		const second = await eventually(async () => {
			const [open] = await list(clerk, '?state=open');
			if (!open) throw new Error('not yet');
			return open;
		});
		expect(second).toMatchObject({ failures: { count: 1 }, state: 'pending' });
		const { ticket } = await read(clerk, first.id);
		expect(ticket).toMatchObject({
			state: 'solved',
			followedBy: { ticketId: second.id, number: second.number },
		});
		const { version } = ticket;
		const reopen = { ...command(), version, reason: '又坏了' };
		expect((await clerk.refused('POST', `/tickets/${first.id}/reopen`, reopen)).code).toBe('TICKET-5604');
	});

	test('two hubs, failures of one device at both at once, and everything done again: one ticket', async () => {
		const hub = await newHub();
		const other = await newHub({ sharing: hub });
		const name = '310117-twice';
		const here = await hub.signIn('clerk', SONGJIANG, { name });
		const there = other.client();
		await there.signIn(name, 'counter-hub-test');
		await Promise.all([here, there, here, there].map((client) => check(client, printer(false))));
		const ticket = await oneTicket(here, { failures: { count: 4 } });
		const before = await types(there, ticket.id);
		await doneAgain(hub);
		expect(await types(there, ticket.id)).toEqual(before);
		expect(await list(there)).toHaveLength(1);
		// What lies before a solution is settled by it, however often it comes.
		const administrator = await hub.signIn('administrator', SONGJIANG);
		await step(administrator, await oneTicket(here), 'solve', { done: '换了一台' });
		await doneAgain(other);
		expect((await list(here)).map(({ state }) => state)).toEqual(['solved']);
		expect(await types(here, ticket.id)).toEqual([...before, 'solved']);
	});
});

describe('L5 what measuring finds', () => {
	test('the finding decides who answers; both directions are faults of their own; what passes is solved by itself', async () => {
		const hub = await newHub();
		const songjiang = await hub.signIn('administrator', SONGJIANG);
		const hangzhou = await hub.signIn('administrator', HANGZHOU);
		const covered = judged({ ...GOOD, picture: { ...GOOD.picture, contrast: 0.5 } });
		const lossy = judged({ ...GOOD, lossPercent: 40 });
		await measure(hub, [SONGJIANG, HANGZHOU], covered, lossy);
		// Both at 松江: its lens is covered, and its line loses what comes from 杭州.
		await expect.poll(async () => (await list(songjiang)).length, IN_TIME).toBe(2);
		const [first, second] = (await list(songjiang)).toSorted((a, b) => a.number.localeCompare(b.number));
		expect([first, second]).toMatchObject([
			{ cause: { from: SONGJIANG, to: HANGZHOU }, evidence: { result: covered } },
			{ cause: { from: HANGZHOU, to: SONGJIANG }, evidence: { result: lossy } },
		]);
		expect([first?.number.slice(-2), second?.number.slice(-2)]).toEqual(['01', '02']);
		expect(await list(hangzhou)).toEqual([]);
		await measure(hub, [SONGJIANG, HANGZHOU], PASS, lossy);
		await expect
			.poll(async () => (await read(songjiang, second?.id ?? '')).ticket.failures.count, IN_TIME)
			.toBe(2);
		const settled = (await read(songjiang, first?.id ?? '')).ticket;
		expect(settled).toMatchObject({ state: 'solved', solved: { by: null, done: null } });
		expect(await types(songjiang, settled.id)).toEqual(['opened', 'passed']);
		await doneAgain(hub);
		expect(await types(songjiang, settled.id)).toEqual(['opened', 'passed']);
		expect(await list(songjiang)).toHaveLength(2);
	});

	test('an end that did not come answers for itself', async () => {
		const hub = await newHub();
		const hangzhou = await hub.signIn('clerk', HANGZHOU);
		const absent: LinkResult = { ...failed('absent'), measured: null };
		await measure(hub, [SONGJIANG, HANGZHOU], absent, PASS);
		await oneTicket(hangzhou, { cause: { from: SONGJIANG, to: HANGZHOU }, cityCode: HANGZHOU });
	});

	test('a node that is away is one ticket of its city, whatever the number of links, and solved when it is back', async () => {
		const hub = await newHub();
		const nodeAt = async (nodeId: string, city: CityCode) => {
			const node = await nodeOf(hub, nodeId, city);
			await eventually(() => {
				if (!nodeRegistry(hub.context).find(nodeId, hub.context.now())) throw new Error('not registered');
			});
			return node;
		};
		const own = await nodeAt('songjiang', SONGJIANG);
		await nodeAt('hangzhou', HANGZHOU);
		for (const city of [SONGJIANG, HANGZHOU, JIAXING]) await LinkWindow.open(hub, city);
		const all = await hub.signIn('supervisor', SONGJIANG, { cities: [SONGJIANG, HANGZHOU, JIAXING] });
		const measurements = (filter = {}) =>
			hub.context.connection
				.collection('timeline_events')
				.countDocuments({ type: 'link.measured', ...filter });
		await expect.poll(() => measurements(), IN_TIME).toBe(3);
		expect(await list(all)).toEqual([]);
		await own.close();
		await expect.poll(() => measurements({ 'data.cause': 'node' }), IN_TIME).toBe(2);
		const ticket = await oneTicket(all, { cause: { kind: 'node', city: SONGJIANG }, state: 'pending' });
		expect(ticket.evidence).toMatchObject({ result: { findings: [{ kind: 'nodeAway' }] } });
		await nodeAt('songjiang', SONGJIANG);
		await oneTicket(all, { state: 'solved' });
	});
});
