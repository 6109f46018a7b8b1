/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CHECK_MINIMUM } from '@counter-hub/shared/checks/items.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { mondayOf } from '@counter-hub/shared/rota/week.ts';
import { nodeRegistry } from '@counter-hub/hub-server/features/media-nodes/NodeRegistry.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { atDesk } from '../e2e/people.ts';
import { Pc } from '../platform/browser.ts';
import { eventually } from '../platform/eventually.ts';
import type { NewStaff, TestHub } from '../platform/newHub.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { wordsOf } from '../platform/words.ts';
import { pairIn } from '../rota/weeks.ts';
import { openPage } from '../sessions/newCounters.ts';
import { GOOD } from './goodLink.ts';
import { comeIn, LinkWindow, tells } from './LinkWindow.ts';
import { newOpenHub } from './newOpenHub.ts';

const word = wordsOf('zh-CN');
const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const ALL = CITIES.map(({ code }) => code);
const COVERED: MeasuredLink = { ...GOOD, picture: { ...GOOD.picture, contrast: 0.5 } };

async function hubWithNode(): Promise<TestHub> {
	const hub = await newOpenHub();
	await nodeOf(hub, 'any');
	await eventually(() => {
		if (!nodeRegistry(hub.context).find('any', hub.context.now())) throw new Error('not registered');
	});
	return hub;
}

/** Somebody who looks on or administers all cities, at a PC. */
async function atOffice(hub: TestHub, role: 'supervisor' | 'administrator') {
	const staff: NewStaff = { role, city: SONGJIANG, cities: ALL };
	const who = await hub.addStaff(staff);
	const pc = await Pc.boot({ devices: false });
	onTestFinished(() => pc.shutDown());
	return { pc, who, ...(await pc.signIn(hub.url, { city: '九城', role, ...who })) };
}

const cell = (page: Page, name: string | RegExp) => page.getByRole('gridcell', { name });

/** In 杭州 two people are on duty today, one of them is there; and the counter has a telephone. */
async function onDuty(hub: TestHub): Promise<void> {
	const supervisor = await hub.signIn('supervisor', HANGZHOU);
	const administrator = await hub.signIn('administrator', HANGZHOU);
	const here = await hub.signIn('clerk', HANGZHOU, { displayName: '许文', onShift: true });
	const away = await hub.addStaff({ role: 'approver', city: HANGZHOU, displayName: '沈悦' });
	await openPage(here);
	const counter = (await here.me()).counter;
	const windowId = counter?.windows[0]?.id;
	if (!counter || windowId === undefined) throw new Error('there is no window');
	const { version } = counter;
	await administrator.patch(`/counters/${counter.id}`, { version, phone: '0571-85010000' });
	const today = shanghaiDate(Date.now());
	const week = `/counters/${counter.id}/rotas/${mondayOf(today)}`;
	const days = [weekdayOf(today)];
	const slots = pairIn(windowId, (await here.me()).staff.id, away.id, days);
	await supervisor.post(`${week}/plan`, {
		commandId: randomUUID(),
		version: 0,
		servedDays: days,
		servedWindows: [windowId],
		slots,
	});
	await supervisor.post(`${week}/publication`, { commandId: randomUUID(), version: 1 });
}

/** What a window of 松江 tells: of one city it sees nothing but a covered lens. */
const seesCoveredLensOf =
	(city: CityCode): LinkWindow['behaviour'] =>
	async (window, task) => {
		await comeIn(task);
		await window.report(task.exchangeId, task.with.cityCode === city ? COVERED : GOOD);
	};

test('L4 X1 the matrix fills while it is looked at; by keyboard to what is wrong, why, and what to do', async () => {
	const hub = await hubWithNode();
	const { page, errors } = await atOffice(hub, 'supervisor');
	await page.getByRole('link', { name: word('links_nav') }).click();
	await cell(page, '杭州到松江，等待').waitFor();
	await page.getByText(word('links_diagnoses_nothing')).waitFor();
	await expectAccessible(page, 'matrix before anything was measured');

	const songjiang = await LinkWindow.open(hub, SONGJIANG, seesCoveredLensOf(JIAXING));
	const hangzhou = await LinkWindow.open(hub, HANGZHOU);
	await cell(page, '杭州到松江，通过，往返 38 毫秒').waitFor();
	await cell(page, '松江到杭州，通过，往返 38 毫秒').waitFor();
	await page.getByText(word('links_diagnoses_none')).waitFor();

	await Promise.all([songjiang.ready(), hangzhou.ready()]);
	await LinkWindow.open(hub, JIAXING);
	const covered = cell(page, `嘉兴到松江，不通，${word('links_short_covered')}`);
	await covered.waitFor();
	await cell(page, '嘉兴到杭州，通过，往返 38 毫秒').waitFor();
	await page.getByText('注意 0').waitFor();
	await page.getByText('不通 1').waitFor();

	// Where the trouble is, and the directions that say so.
	const details = page.getByRole('complementary', { name: word('links_panel') });
	await page.getByRole('button', { name: '松江与嘉兴之间不通' }).click();
	await details.getByText('相关 2 个方向，不通 1 个').waitFor();
	await expectAccessible(page, 'matrix with the evidence of a diagnosis');
	await details.getByRole('button', { name: '嘉兴 → 松江' }).click();
	await details.getByText('松江收到的嘉兴画面没有内容').waitFor();
	await details.getByRole('button', { name: '松江 → 嘉兴' }).click();
	await details.getByRole('heading', { name: '松江 → 嘉兴' }).waitFor();
	await details.getByRole('button', { name: word('links_panel_close') }).click();

	// From the corner by arrows: 嘉兴 sends in the second row, 松江 receives in the first column.
	for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
	await expect.poll(() => covered.evaluate((one) => one === document.activeElement)).toBe(true);
	await page.keyboard.press('Enter');
	await details.getByText(word('links_do_covered').replace('{from}', '嘉兴')).waitFor();
	expect(await details.evaluate((one) => one === document.activeElement)).toBe(true);
	expect(await details.getByRole('row', { name: /往返/ }).innerText()).toMatch(/38 ms\s+38 ms/);
	await details.getByText(/^嘉兴专窗 2号窗口/).waitFor();
	// Whoever may read the ticket gets to it from here.
	const ticket = details.getByRole('list', { name: word('tickets_title') }).getByRole('link');
	expect(await ticket.innerText()).toMatch(/^GD-\d{4}-01$/);
	expect(await ticket.getAttribute('href')).toMatch(/^\/tickets\?ticket=/);
	await details.getByRole('img', { name: /近 30 天往返：最低 38 ms/ }).waitFor();
	await expectAccessible(page, 'matrix with a link');
	await page.keyboard.press('Escape');
	expect(await covered.evaluate((one) => one === document.activeElement)).toBe(true);

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: word('links_export') }).click(),
	]);
	const table = await readFile(await download.path(), 'utf8');
	expect(table.split('\r\n').filter((line) => line.includes('嘉兴,松江,不通'))).toHaveLength(1);

	// Another day, by `D`: nothing was measured then.
	await covered.focus();
	await page.keyboard.press('d');
	await page.keyboard.type('2020-01-02');
	await page.getByText(word('links_empty'), { exact: true }).waitFor();
	await page.getByRole('button', { name: word('links_dayBefore') }).click();
	await expect
		.poll(() => page.getByLabel(word('links_day'), { exact: true }).inputValue())
		.toBe('2020-01-01');
	expect(await page.getByRole('button', { name: word('links_dayBefore') }).isDisabled()).toBe(true);
	expect(errors).toEqual([]);
});

test('L4 a screen at the wall: signed in by a click, never scrolls, says when it is cut off, and comes back by itself', async () => {
	const hub = await hubWithNode();
	const { pc, page, who } = await atOffice(hub, 'supervisor');
	await page.goto(`${hub.url}/matrix`);
	const [wall] = await Promise.all([
		pc.context.waitForEvent('page'),
		page.getByRole('link', { name: word('links_wall_open') }).click(),
	]);
	const errors: string[] = [];
	wall.on('pageerror', (error) => errors.push(error.message));
	await wall.setViewportSize({ width: 1920, height: 1080 });
	const ofWall = (name: string) => wall.getByRole('cell', { name, exact: true });
	await ofWall('杭州到松江，等待').waitFor();
	const songjiang = await LinkWindow.open(hub, SONGJIANG, seesCoveredLensOf(HANGZHOU));
	await LinkWindow.open(hub, HANGZHOU);
	await ofWall(`杭州到松江，不通，${word('links_short_covered')}`).waitFor();
	await wall.getByText('松江与杭州之间不通').waitFor();
	await expectAccessible(wall, 'wall');
	expect(
		await wall.evaluate(() => {
			const { scrollHeight, scrollWidth } = document.documentElement;
			return scrollHeight <= innerHeight && scrollWidth <= innerWidth;
		}),
	).toBe(true);

	await pc.context.setOffline(true);
	await wall.getByRole('alert').filter({ hasText: '正在重连' }).waitFor();
	await pc.context.setOffline(false);
	await wall.getByRole('alert').waitFor({ state: 'hidden' });
	await songjiang.ready();
	await LinkWindow.open(hub, JIAXING);
	await ofWall('嘉兴到松江，通过，往返 38 毫秒').waitFor();

	const administrator = await hub.signIn('administrator', SONGJIANG, { cities: ALL });
	await administrator.patch(`/staff/${who.id}`, { version: 1, disabled: true });
	await wall.getByText(/AUTH-200[45]/).waitFor();
	expect(errors).toEqual([]);
});

test('L4 who sits at a window has a link measured again; an administrator decides by what it is judged', async () => {
	const hub = await hubWithNode();
	const who = await hub.addStaff({ role: 'clerk', city: SONGJIANG });
	const clerk = await atDesk(hub, { city: '松江', role: 'clerk', ...who }, { devices: false, shift: false });
	onTestFinished(() => clerk.pc.shutDown());
	await clerk.page.getByRole('link', { name: word('links_nav') }).click();
	const songjiang = await LinkWindow.open(hub, SONGJIANG, tells(COVERED));
	const hangzhou = await LinkWindow.open(hub, HANGZHOU);
	await onDuty(hub);
	const ready = () => Promise.all([songjiang.ready(), hangzhou.ready()]);
	const covered = cell(clerk.page, `杭州到松江，不通，${word('links_short_covered')}`);
	await covered.waitFor();

	songjiang.behaviour = tells(GOOD);
	await ready();
	await covered.click();
	// The other city's ticket: that there is one, and how it stands.
	const panel = clerk.page.getByRole('complementary', { name: word('links_panel') });
	const tickets = panel.getByRole('list', { name: word('tickets_title') });
	await tickets.getByText(/^GD-\d{4}-01$/).waitFor();
	await tickets.getByText(word('tickets_state_pending')).waitFor();
	expect(await tickets.getByRole('link').count()).toBe(0);
	await panel.getByRole('button', { name: '联系杭州专窗' }).click();
	const contact = clerk.page.getByRole('dialog', { name: '联系杭州专窗' });
	await contact.getByRole('listitem').filter({ hasText: '许文' }).getByText(word('presence_free')).waitFor();
	await contact
		.getByRole('listitem')
		.filter({ hasText: '沈悦' })
		.getByText(word('rota_contact_absent'))
		.waitFor();
	const phone = contact.getByRole('link', { name: '0571-85010000' });
	expect(await phone.getAttribute('href')).toBe('tel:0571-85010000');
	await expectAccessible(clerk.page, 'who is on duty at the other counter');
	await clerk.page.keyboard.press('Escape');
	await clerk.page.getByRole('button', { name: word('links_again') }).click();
	await cell(clerk.page, '杭州到松江，通过，往返 38 毫秒').waitFor();
	// Not the business of his city.
	await cell(clerk.page, '杭州到嘉兴，等待').click();
	await clerk.page.getByText('杭州 → 嘉兴').first().waitFor();
	expect(await clerk.page.getByRole('button', { name: word('links_again') }).count()).toBe(0);

	const { page, errors } = await atOffice(hub, 'administrator');
	await page.getByRole('tab', { name: word('links_limits_tab') }).click();
	const field = (key: string, level: 'warn' | 'fail') =>
		page.getByRole('textbox', {
			name: `${word(`links_limits_${key}`)}，${word(`links_limits_${level}`)}`,
		});
	const save = page.getByRole('button', { name: '保存松江的限值' });
	await page.getByText(word('settings_isDefault')).waitFor();
	await expectAccessible(page, 'link limits');
	await field('roundTripMs', 'warn').fill('900');
	await page.getByText(word('links_limits_order_rising')).waitFor();
	expect(await save.isDisabled()).toBe(true);
	await field('roundTripMs', 'warn').fill('20');
	await save.click();
	await page.getByText('已保存松江的连线限值').waitFor();
	expect(await songjiang.client.get(`/cities/${SONGJIANG}/link-limits`)).toEqual({
		version: 1,
		limits: { ...LINK_LIMITS, roundTripMs: { warn: 20, fail: 800 } },
	});

	await page.getByRole('tab', { name: word('checks_minimum_tab') }).click();
	const width = page.getByRole('textbox', { name: '摄像头宽（像素）' });
	const saveMinimum = page.getByRole('button', { name: '保存松江的设备标准' });
	const ofDevices = page.getByRole('form', { name: word('checks_minimum_tab') });
	await ofDevices.getByText(word('settings_isDefault')).waitFor();
	await expectAccessible(page, 'device minimum');
	await width.fill('1.5');
	await page.getByText('请填 0 到 16384 的整数').waitFor();
	expect(await saveMinimum.isDisabled()).toBe(true);
	// A colleague is faster.
	const colleague = await hub.signIn('administrator', SONGJIANG);
	const minimumPath = `/cities/${SONGJIANG}/check-minimum`;
	const camera = { width: 640, height: 480, framesPerSecond: 10 };
	const minimum = { ...CHECK_MINIMUM, camera };
	await colleague.put(minimumPath, { commandId: randomUUID(), version: 0, minimum });
	await width.fill('１９２０');
	await saveMinimum.click();
	await page.getByRole('alert').filter({ hasText: 'ORG-3004' }).waitFor();
	await ofDevices.getByRole('button', { name: word('settings_reload') }).click();
	await expect.poll(() => width.inputValue()).toBe('640');
	await width.fill('1920');
	await saveMinimum.click();
	await page.getByText('已保存松江的设备标准').waitFor();
	expect(await colleague.get(minimumPath)).toEqual({
		version: 2,
		minimum: { ...minimum, camera: { ...camera, width: 1920 } },
	});

	await ready();
	await cell(clerk.page, /^杭州到松江/).click();
	await clerk.page.getByRole('button', { name: word('links_again') }).click();
	await cell(clerk.page, '杭州到松江，注意，往返 38').waitFor();
	const matrix = linkMatrix.parse(await songjiang.client.get('/links/matrix'));
	expect(matrix.cells.filter(({ state }) => state === 'warn')).toHaveLength(1);
	expect([...errors, ...clerk.errors]).toEqual([]);
});
