import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CheckFinding } from '@counter-hub/shared/checks/items.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import { pairOf, type LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { ticketDetail, ticketPage, type TicketView } from '@counter-hub/shared/tickets/tickets.ts';
import { recordMeasurement } from '@counter-hub/hub-server/features/links/recordMeasurement.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { jobs } from '@counter-hub/hub-server/jobs.ts';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { LinkWindow } from '../links/LinkWindow.ts';
import { GOOD } from '../links/goodLink.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub, type TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import type { TestClient } from '../platform/TestClient.ts';

const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const WINDOW = seededWindowId(SONGJIANG, 1);
const DAY_MS = 24 * 3_600_000;
/** Ends what hangs, however busy the machine is. */
const IN_TIME = { timeout: 60_000 };
const PASS: LinkResult = { ...judge(GOOD, LINK_LIMITS), measured: GOOD };

const command = () => ({ commandId: randomUUID() });
const printer = (works: boolean): CheckFinding => ({ item: 'printer', works });
const check = (client: TestClient, found: CheckFinding, windowId = WINDOW) =>
	client.post('/checks/items', { ...command(), windowId, found });
const list = async (client: TestClient, query = ''): Promise<TicketView[]> =>
	ticketPage.parse(await client.get(`/tickets${query}`)).tickets;
const read = async (client: TestClient, id: string) => ticketDetail.parse(await client.get(`/tickets/${id}`));
const types = async (client: TestClient, id: string) =>
	(await read(client, id)).events.map(({ type }) => type.replace('ticket.', ''));
const step = async (client: TestClient, { id, version }: TicketView, what: string, more: object = {}) =>
	ticketDetail.parse(await client.post(`/tickets/${id}/${what}`, { ...command(), version, ...more })).ticket;
const report = (client: TestClient, item: string | null, text: string, windowId = WINDOW) =>
	client.post('/tickets', { ...command(), windowId, item, text });

/** The one ticket there is, once it is as expected. */
async function oneTicket(client: TestClient, expected: object = {}): Promise<TicketView> {
	await expect.poll(() => list(client), IN_TIME).toMatchObject([expected]);
	const [ticket] = await list(client);
	if (!ticket) throw new Error('there is no ticket');
	return ticket;
}

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
		exchangeId,
		date: shanghaiDate(hub.context.now()),
		cause: 'exchange',
		ends: [end(one), end(other)],
		forth,
		back,
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

describe('S5.2b what people report', () => {
	test('by hand from a window, numbered by city and day; a page of the counter and the administrator hear of it', async () => {
		let ahead = 0;
		const hub = await newHub({ now: () => Date.now() + ahead });
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const administrator = await hub.signIn('administrator', SONGJIANG);
		const heard: string[] = [];
		for (const [who, client] of [
			['colleague', await hub.signIn('approver', SONGJIANG)],
			['administrator', administrator],
			['elsewhere', await hub.signIn('administrator', HANGZHOU)],
		] as const) {
			const socket = await client.socket();
			onTestFinished(() => {
				socket.close();
			});
			socket.on('tickets:changed', () => heard.push(who));
		}
		const sent = { ...command(), windowId: WINDOW, item: 'scanner', text: '扫码枪不亮' };
		const { ticket } = ticketDetail.parse(await clerk.post('/tickets', sent));
		const { staff } = await clerk.me();
		expect(ticket).toMatchObject({
			state: 'pending',
			text: '扫码枪不亮',
			openedBy: { staffId: staff.id },
			failures: { count: 0, lastAt: null },
		});
		await expect.poll(() => heard.toSorted(), IN_TIME).toEqual(['administrator', 'colleague']);
		// A repeat, whose answer was lost, is the same ticket; another report of that item names the one that is open.
		expect(ticketDetail.parse(await clerk.post('/tickets', sent)).ticket.id).toBe(ticket.id);
		const twice = await clerk.refused('POST', '/tickets', { ...sent, ...command() });
		expect([twice.code, twice.params]).toEqual(['TICKET-5602', { number: ticket.number }]);
		// Anything else is a matter of its own.
		await report(clerk, null, '椅子坏了');
		await report(clerk, null, '空调不制冷');
		await report(await hub.signIn('clerk', HANGZHOU), null, '灯管闪烁', seededWindowId(HANGZHOU, 1));
		expect((await list(clerk)).map(({ number }) => number.slice(-2))).toEqual(['03', '02', '01']);
		ahead = DAY_MS;
		const tomorrow = await hub.signIn('clerk', SONGJIANG);
		await report(tomorrow, null, '门禁失灵');
		const [newest] = await list(tomorrow);
		expect(newest?.number).toBe(
			`GD-${shanghaiDate(Date.now() + DAY_MS)
				.slice(5)
				.replace('-', '')}-01`,
		);
		// The check of the day finds it in order: the ticket is to be confirmed.
		await check(tomorrow, { item: 'scanner', works: true });
		await expect.poll(async () => (await read(tomorrow, ticket.id)).ticket.state, IN_TIME).toBe('confirming');
	});

	test('at two hubs at once an item has one ticket; the other is told which', async () => {
		const hub = await newHub();
		const other = await newHub({ sharing: hub });
		const clerks = [
			await hub.signIn('clerk', SONGJIANG),
			await other.signIn('approver', SONGJIANG, { name: 'b-1' }),
		];
		const answers = await Promise.all(
			clerks.map((client) =>
				client.send('POST', '/tickets', { ...command(), windowId: WINDOW, item: 'camera', text: '没有画面' }),
			),
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
		await oneTicket(clerks[0]!);
	});

	test('two administrators at once: the later one is told so; a repeat changes nothing', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const [one, two] = [
			await hub.signIn('administrator', SONGJIANG),
			await hub.signIn('administrator', SONGJIANG),
		];
		await report(clerk, 'document', '高拍仪不对焦');
		const ticket = await oneTicket(clerk);
		const solve = { ...command(), version: ticket.version, done: '清洁了镜头' };
		const path = `/tickets/${ticket.id}`;
		const answers = await Promise.all([
			one.send('POST', `${path}/take`, { ...command(), version: ticket.version }),
			two.send('POST', `${path}/solve`, solve),
		]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
		const now = (await read(one, ticket.id)).ticket;
		expect(now.version).toBe(ticket.version + 1);
		expect((await two.refused('POST', `${path}/solve`, { ...solve, ...command() })).code).toBe('ORG-3004');
		// Notes overwrite nothing: both stand.
		await Promise.all(
			[one, clerk].map((client) => client.post(`${path}/note`, { ...command(), text: '已联系厂家' })),
		);
		const done = now.state === 'solved' ? now : await step(two, now, 'solve', { done: '清洁了镜头' });
		const reopen = { ...command(), version: done.version, reason: '仍然模糊' };
		await clerk.post(`${path}/reopen`, reopen);
		await clerk.post(`${path}/reopen`, reopen);
		const { ticket: last, events } = await read(clerk, ticket.id);
		expect(last).toMatchObject({ state: 'pending', solved: null, taken: null });
		expect(events.filter(({ type }) => type === 'ticket.noted')).toHaveLength(2);
		expect(events.filter(({ type }) => type === 'ticket.reopened')).toHaveLength(1);
		const other = { ...reopen, reason: '换一个理由' };
		expect((await clerk.refused('POST', `${path}/reopen`, other)).code).toBe('REQ-1009');
		const again = { ...command(), version: last.version, reason: '仍然模糊' };
		expect((await clerk.refused('POST', `${path}/reopen`, again)).code).toBe('TICKET-5603');
	});

	test('X2 who may: the counter reports and notes, its administrators handle, supervisors read, others see nothing', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		await report(clerk, 'printer', '卡纸');
		const { id, version } = await oneTicket(clerk);
		const bodies = {
			take: { version },
			note: { text: '看过了' },
			solve: { version, done: '取出了纸' },
			reopen: { version, reason: '又卡纸' },
		};
		/** What is refused, by its status. */
		const refusals = async (client: TestClient) => {
			const read = (await client.send('GET', `/tickets/${id}`)).status;
			const statuses: string[] = read === 200 ? [] : ['read'];
			for (const [what, body] of Object.entries(bodies)) {
				const { status } = await client.send('POST', `/tickets/${id}/${what}`, {
					...command(),
					...body,
					version: 'version' in body ? 99 : undefined,
				});
				if (status === 403) statuses.push(what);
			}
			return statuses;
		};
		expect(await refusals(clerk)).toEqual(['take', 'solve']);
		expect(await refusals(await hub.signIn('approver', SONGJIANG))).toEqual(['take', 'solve']);
		expect(await refusals(await hub.signIn('administrator', SONGJIANG))).toEqual([]);
		const supervisor = await hub.signIn('supervisor', SONGJIANG);
		expect(await refusals(supervisor)).toEqual(['take', 'note', 'solve', 'reopen']);
		expect(await list(supervisor)).toHaveLength(1);
		const all = ['read', 'take', 'note', 'solve', 'reopen'];
		for (const role of ['clerk', 'administrator', 'supervisor'] as const) {
			const stranger = await hub.signIn(role, HANGZHOU);
			expect(await refusals(stranger)).toEqual(all);
			expect(await list(stranger)).toEqual([]);
			const body = { ...command(), windowId: WINDOW, item: null, text: '不是我的窗口' };
			expect((await stranger.refused('POST', '/tickets', body)).code).toBe('AUTH-2008');
		}
	});

	test('bad input is refused and changes nothing', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const good = { windowId: WINDOW, item: 'printer', text: '卡纸' };
		const bad: [object, string][] = [
			[{ ...good, text: '' }, 'REQ-1001'],
			[{ ...good, text: '纸'.repeat(201) }, 'REQ-1001'],
			[{ ...good, text: '找 13800001234 维修' }, 'FORM-1105'],
			[{ ...good, item: 'teapot' }, 'REQ-1001'],
			[{ ...good, windowId: randomUUID() }, 'ORG-3003'],
			[{ ...good, urgent: true }, 'REQ-1001'],
		];
		for (const [body, code] of bad)
			expect((await clerk.refused('POST', '/tickets', { ...command(), ...body })).code).toBe(code);
		expect(await list(clerk)).toEqual([]);
		const nobody = randomUUID();
		expect((await clerk.refused('GET', `/tickets/${nobody}`)).code).toBe('TICKET-5601');
		expect((await clerk.refused('GET', `/tickets?cursor=${nobody}`)).code).toBe('TICKET-5601');
		expect((await clerk.refused('GET', '/tickets?state=lost')).code).toBe('REQ-1001');
		expect(
			(await clerk.refused('POST', `/tickets/${nobody}/note`, { ...command(), text: '在吗' })).code,
		).toBe('TICKET-5601');
	});

	test('lists are paged, the latest first, and by state', async () => {
		const hub = await newHub();
		const clerk = await hub.signIn('clerk', SONGJIANG);
		const administrator = await hub.signIn('administrator', SONGJIANG);
		for (const text of ['第一件', '第二件', '第三件']) await report(clerk, null, text);
		const [, second] = await list(clerk);
		await step(administrator, second!, 'solve', { done: '修好了' });
		const texts: (string | null)[] = [];
		let cursor: string | null = '';
		while (cursor !== null) {
			const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
			const page = ticketPage.parse(await administrator.get(`/tickets?limit=1${query}`));
			texts.push(...page.tickets.map(({ text }) => text));
			cursor = page.nextCursor;
		}
		expect(texts).toEqual(['第三件', '第二件', '第一件']);
		expect((await list(clerk, '?state=open')).map(({ text }) => text)).toEqual(['第三件', '第一件']);
		expect((await list(clerk, '?state=solved')).map(({ text }) => text)).toEqual(['第二件']);
	});
});
