import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { DEFAULT_WEEK } from '@counter-hub/shared/hours/hours.ts';
import { servedDaysOf } from '@counter-hub/shared/rota/servedDays.ts';
import { mondayOf, weekAt } from '@counter-hub/shared/rota/week.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { officialYears } from '@counter-hub/hub-server/features/calendar/officialYears.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { approverOf, clerkOf } from '../e2e/call.ts';
import { atDesk } from '../e2e/people.ts';
import { Pc, type Tab } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { wordsOf } from '../platform/words.ts';

const word = wordsOf('zh-CN');
const SLOW = { timeout: 45_000, interval: 100 };
const PLAN = /\/rotas\/[\d-]+\/plan$/;

/** A cell by its full name: window, time and post. */
const cell = (page: Page, slot: string): Locator => page.getByRole('gridcell', { name: slot });
const person = (page: Page, name: string): Locator => page.getByRole('listbox').getByRole('option', { name });
const inCell = (page: Page, slot: string): Promise<string> => cell(page, slot).innerText();

/** Goes to a week of the rota, a number of weeks from this one. */
async function openWeek({ page }: Tab, url: string, ahead: number): Promise<string> {
	const monday = addDays(weekAt(Date.now()), 7 * ahead);
	await page.goto(`${url}/rota`);
	await page.getByRole('grid').waitFor();
	const heading = page.getByRole('columnheader', { name: `周一 ${monday.slice(5)}` });
	for (let week = 0; week < ahead; week++)
		await page.getByRole('button', { name: word('rota_week_after') }).click();
	await heading.waitFor();
	return monday;
}

const saved = ({ page }: Tab) => page.getByText(word('rota_saved'), { exact: true }).waitFor();

/** Whatever holidays are near, the weeks that are planned here have the usual days. */
async function usualWeeks(product: Product): Promise<void> {
	const client = new TestClient(product.url);
	const { name, password } = product.signIn('松江', 'supervisor');
	await client.signIn(name, password);
	for (let ahead = 2; ahead < 8; ahead++) {
		const monday = addDays(weekAt(Date.now()), 7 * ahead);
		await client.post(`/counters/${seededCounterId('310117')}/rotas/${monday}/plan`, {
			commandId: randomUUID(),
			version: 0,
			servedDays: [1, 2, 3, 4, 5],
			slots: [],
		});
	}
}

describe('the rota in the page', () => {
	let product: Product;
	let pc: Pc;
	let other: Pc;
	let planner: Tab;
	beforeAll(async () => {
		product = await Product.start();
		pc = await Pc.boot({ devices: false });
		other = await Pc.boot({ devices: false });
		await usualWeeks(product);
		planner = await pc.signIn(product.url, product.signIn('松江', 'supervisor'));
	}, 300_000);
	afterAll(async () => {
		await Promise.all([pc.shutDown(), other.shutDown()]);
		await product.stop();
	});

	it('S4.2 a week is planned by keys alone, saved as it is planned, undone, refused while slots are empty, and published', async () => {
		const { page } = planner;
		await openWeek(planner, product.url, 2);
		for (const n of [3, 2])
			await page
				.getByRole('button', { name: word('rota_stopWindowOf').replace('{n}', String(n)) })
				.press('Enter');
		await person(page, '陈静').press('Enter');
		await expect
			.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')), SLOW)
			.toContain('1号窗口 周一上午 A岗');
		const press = async (...keys: string[]) => {
			for (const key of keys) await page.keyboard.press(key);
		};
		await press('Shift+Enter', 'ArrowDown', 'ArrowDown', 'Shift+Enter');
		await expect.poll(() => inCell(page, '1号窗口 周五下午 A岗'), SLOW).toContain('陈静');

		await page.getByRole('button', { name: word('rota_publish') }).click();
		const refusal = page.getByRole('alert').filter({ hasText: 'ROTA-3108' });
		await refusal.waitFor();
		expect(await refusal.innerText()).toContain('还有 10 个岗位没有人');
		expect(await refusal.getByRole('listitem').first().innerText()).toBe('1号窗口 周一上午 B岗');

		await page.getByRole('button', { name: '1号窗口 周一上午 B岗' }).click();
		await person(page, '顾彤').press('Enter');
		await press('Shift+Enter', 'ArrowDown', 'ArrowDown', 'Shift+Enter', 'Delete');
		await expect.poll(() => inCell(page, '1号窗口 周一下午 B岗'), SLOW).toBe(word('rota_uncovered'));
		await saved(planner);
		await press('Control+z');
		await expect.poll(() => inCell(page, '1号窗口 周一下午 B岗'), SLOW).toBe('顾彤');
		await saved(planner);

		await page.reload();
		await openWeek(planner, product.url, 2);
		await expect.poll(() => inCell(page, '1号窗口 周五下午 B岗'), SLOW).toBe('顾彤');
		await page.getByText(word('rota_complete')).waitFor();
		await expectAccessible(page, 'a week that is complete');
		await page.getByRole('button', { name: word('rota_publish') }).click();
		await page.getByText(word('rota_changes'), { exact: true }).waitFor();
		expect(planner.errors).toEqual([]);
	}, 180_000);

	it('S4.2 people are dragged into slots and change places; the week before is copied, and says what was left out', async () => {
		const { page } = planner;
		await openWeek(planner, product.url, 3);
		await page.getByRole('button', { name: word('rota_copy') }).click();
		await expect.poll(() => inCell(page, '1号窗口 周一上午 A岗'), SLOW).toBe('陈静');
		await saved(planner);
		await cell(page, '1号窗口 周一上午 A岗').dragTo(cell(page, '1号窗口 周一上午 B岗'));
		await expect.poll(() => inCell(page, '1号窗口 周一上午 A岗'), SLOW).toBe('顾彤');
		expect(await inCell(page, '1号窗口 周一上午 B岗')).toBe('陈静');
		await person(page, '徐立').dragTo(cell(page, '1号窗口 周三下午 A岗'));
		await expect.poll(() => inCell(page, '1号窗口 周三下午 A岗'), SLOW).toBe('徐立');
		await saved(planner);
		// Tuesday is not served in the week that is planned next: its people are named as left out.
		await openWeek(planner, product.url, 4);
		await page.getByRole('button', { name: '周二 服务' }).click();
		await saved(planner);
		await page.getByRole('button', { name: word('rota_copy') }).click();
		const note = page.getByRole('status').filter({ hasText: '有 4 处没有复制过来' });
		await note.waitFor();
		expect(await note.innerText()).toContain('1号窗口 周二上午 A岗 陈静（当天不服务）');
		expect(planner.errors).toEqual([]);
	}, 180_000);

	it('S4.2 of two planners the later sees what was changed and by whom, keeps his step, and decides', async () => {
		const { page } = planner;
		const colleague = await other.signIn(product.url, product.signIn('九城', 'administrator'));
		await openWeek(planner, product.url, 5);
		await openWeek(colleague, product.url, 5);
		// The planner’s page does not learn in time that his colleague was faster.
		const reading = new RegExp(`/rotas/${addDays(weekAt(Date.now()), 35)}$`);
		await page.route(reading, (route) => route.abort());
		await person(colleague.page, '沈悦').press('Enter');
		await colleague.page.keyboard.press('Enter');
		await saved(colleague);
		await page.getByText(word('rota_stale')).waitFor();
		await page.route(PLAN, async (route) => {
			await page.unroute(reading);
			await route.continue();
		});
		await person(page, '陈静').press('Enter');
		await page.keyboard.press('Enter');
		const note = page.getByRole('alert').filter({ hasText: '高翔' });
		await note.waitFor();
		expect(await note.innerText()).toContain('1号窗口 周一上午 A岗 无人 → 沈悦');
		expect(await inCell(page, '1号窗口 周一上午 A岗')).toContain(word('rota_pendingShort'));
		await page.getByRole('button', { name: word('rota_foreign_goOn') }).click();
		await saved(planner);
		await expect.poll(() => inCell(colleague.page, '1号窗口 周一上午 A岗'), SLOW).toBe('陈静');
		await colleague.page.getByText('黄海波').first().waitFor();
		await page.unroute(PLAN);
		expect([...planner.errors, ...colleague.errors]).toEqual([]);
	}, 180_000);

	it('H-7 S4.2 a step whose answer is lost is sent again, and stands once', async () => {
		const { page } = planner;
		await openWeek(planner, product.url, 6);
		const sent: unknown[] = [];
		await page.route(PLAN, async (route) => {
			sent.push(route.request().postDataJSON());
			if (sent.length > 1) return route.continue();
			await route.fetch();
			return route.abort('connectionreset');
		});
		await person(page, '顾彤').press('Enter');
		await page.keyboard.press('Enter');
		await saved(planner);
		await page.unroute(PLAN);
		expect(sent).toHaveLength(2);
		expect(sent[1]).toEqual(sent[0]);
		expect(await inCell(page, '1号窗口 周一上午 A岗')).toBe('顾彤');
		expect(await page.getByText(word('rota_foreign').split('{time}')[1] ?? '').count()).toBe(0);
	}, 120_000);

	it('S4.2 leave makes a vacancy that every city sees at once, and a substitute fills it; the assignment stays', async () => {
		const { page } = planner;
		const monday = await openWeek(planner, product.url, 2);
		const approver = await atDesk(product, approverOf(product), { devices: false });
		const board = approver.page;
		await board.getByRole('link', { name: word('rota_title_duty') }).click();
		const day = board.getByLabel(word('rota_date'), { exact: true });
		await day.fill(monday);
		const row = board.getByRole('row').filter({ hasText: '松江专窗' }).first();
		await expect.poll(() => row.innerText(), SLOW).toContain('陈静');
		await expectAccessible(board, 'duty of a day');

		await cell(page, '1号窗口 周一上午 A岗').focus();
		await page.keyboard.press('l');
		const dialog = page.getByRole('dialog', { name: '陈静 请假' });
		await dialog.getByRole('button', { name: word('rota_leave_do') }).click();
		await dialog.getByText(word('rota_leave_reasonMissing')).waitFor();
		await dialog.getByRole('button', { name: word('rota_reason_annual') }).click();
		await expectAccessible(page, 'leave');
		await dialog.getByRole('button', { name: word('rota_leave_do') }).click();
		await expect.poll(() => inCell(page, '1号窗口 周一上午 A岗'), SLOW).toContain(word('rota_vacant'));
		await expect.poll(() => row.innerText(), SLOW).toContain(word('rota_vacant'));

		await cell(page, '1号窗口 周一上午 A岗').focus();
		await page.keyboard.press('l');
		const choice = page.getByRole('dialog').getByLabel(word('rota_leave_who'));
		await choice.selectOption({ label: '沈悦' });
		await page
			.getByRole('dialog')
			.getByRole('button', { name: word('rota_leave_substituteDo') })
			.click();
		await expect.poll(() => inCell(page, '1号窗口 周一上午 A岗'), SLOW).toMatch(/陈静[\s\S]*沈悦[\s\S]*顶岗/);
		await expect.poll(() => row.innerText(), SLOW).toMatch(/沈悦\s*顶替 陈静/);
		expect([...planner.errors, ...approver.errors]).toEqual([]);
		await approver.pc.shutDown();
	}, 180_000);

	it('S4.2 a change of a published week that would leave a slot empty is refused; a swap is published and marked', async () => {
		const { page } = planner;
		await openWeek(planner, product.url, 2);
		const publish = page.getByRole('button', { name: /发布 \d+ 处改动/ });
		await cell(page, '1号窗口 周四上午 A岗').press('Delete');
		await publish.click();
		await page.getByRole('alert').filter({ hasText: '1号窗口 周四上午 A岗' }).waitFor();
		await page.keyboard.press('Control+z');
		await expect.poll(() => inCell(page, '1号窗口 周四上午 A岗'), SLOW).toBe('陈静');
		await person(page, '徐立').click();
		await cell(page, '1号窗口 周四上午 A岗').click();
		expect(await inCell(page, '1号窗口 周四上午 A岗')).toContain(word('rota_pendingShort'));
		await publish.click();
		await expect.poll(() => inCell(page, '1号窗口 周四上午 A岗'), SLOW).toContain(word('rota_changedShort'));
		await page.getByText('1号窗口 周四上午 A岗 陈静 → 徐立').waitFor();
		await page.emulateMedia({ media: 'print' });
		await page.getByRole('heading', { name: /松江专窗 .*排班表/ }).waitFor();
		expect(await page.getByRole('navigation').count()).toBe(0);
		await page.emulateMedia({ media: 'screen' });
	}, 120_000);

	it('S4.2 beside the desk stands who is on duty now, of whichever city one chooses', async () => {
		const clerk = await atDesk(product, clerkOf(product), { devices: false });
		const { page } = clerk;
		const panel = page.getByRole('region', { name: word('rota_duty') });
		const today = shanghaiDate(Date.now());
		const usual = { week: DEFAULT_WEEK, exceptions: [] };
		const { days } = servedDaysOf(usual, { years: officialYears() }, mondayOf(today));
		const isServed = days.includes(weekdayOf(today));
		await panel.getByText(isServed ? '陈静（我）' : word('rota_dayOff')).waitFor();
		await panel.getByLabel(word('rota_place')).selectOption({ label: '杭州' });
		await panel.getByText(isServed ? '许文' : word('rota_dayOff')).waitFor();
		await expectAccessible(page, 'desk with who is on duty');
		await panel.getByRole('link', { name: word('rota_all') }).click();
		await page.getByRole('tab', { name: word('rota_tab_week') }).click();
		await page.getByRole('gridcell', { name: '1号窗口 周一上午 A岗' }).waitFor();
		expect(await page.getByRole('listbox').count()).toBe(0);
		expect(clerk.errors).toEqual([]);
		await clerk.pc.shutDown();
	}, 120_000);
});
