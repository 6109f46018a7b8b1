import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { ticketDetail, ticketPage } from '@counter-hub/shared/tickets/tickets.ts';
import { seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { newHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';
import {
	check,
	command,
	HANGZHOU,
	IN_TIME,
	list,
	oneTicket,
	read,
	report,
	SONGJIANG,
	step,
	WINDOW,
} from './ticketCalls.ts';

const DAY_MS = 24 * 3_600_000;

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
