import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { DEFAULT_WEEK, hoursView } from '@counter-hub/shared/hours/hours.ts';
import { clerkOf } from '../e2e/call.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { atDesk } from '../e2e/people.ts';
import { Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { wordsOf } from '../platform/words.ts';

describe('hours of service', () => {
	let product: Product;
	beforeAll(async () => {
		product = await Product.start();
	}, 300_000);
	afterAll(() => product.stop());

	it('S6.1 X1 an administrator sets a week and an exception; who changed it meanwhile is not overwritten', async () => {
		const word = wordsOf('zh-CN');
		const administrator = product.signIn('九城', 'administrator');
		const pc = await Pc.boot({ devices: false });
		try {
			const { page, errors } = await pc.signIn(product.url, administrator);
			await page.getByRole('tab', { name: word('hours_tab') }).click();
			await page
				.getByRole('navigation', { name: word('hours_counters') })
				.getByText('松江专窗')
				.click();
			await page.getByRole('heading', { name: '松江专窗' }).waitFor();
			await expectAccessible(page, 'hours');

			const monday = page.getByRole('textbox', { name: '周一第 1 段开始' });
			const save = page.getByRole('button', { name: word('hours_save') });
			await monday.fill('1230');
			await monday.press('Tab');
			expect(await monday.inputValue()).toBe('12:30');
			await page.getByText(word('hours_fault_backwards')).waitFor();
			expect(await save.isDisabled()).toBe(true);
			await monday.fill('830');
			await monday.press('Tab');
			await page.getByRole('button', { name: word('hours_repeat') }).click();
			// What was typed stays while another counter is looked at.
			await page
				.getByRole('navigation', { name: word('hours_counters') })
				.getByText('杭州专窗')
				.click();
			await page
				.getByRole('navigation', { name: word('hours_counters') })
				.getByText('松江专窗')
				.click();
			expect(await page.getByRole('textbox', { name: '周五第 1 段开始' }).inputValue()).toBe('08:30');
			await save.click();
			await page.getByText(word('hours_saved')).waitFor();

			const tomorrow = addDays(shanghaiDate(Date.now()), 1);
			await page.getByRole('button', { name: word('hours_exception_add') }).click();
			const dialog = page.getByRole('dialog');
			await dialog.getByLabel(word('hours_exception_date'), { exact: true }).fill(tomorrow);
			await dialog.getByRole('button', { name: word('hours_exception_save') }).click();
			await dialog.getByText(word('hours_exception_reasonMissing')).waitFor();
			await dialog.getByRole('textbox', { name: word('hours_exception_reason') }).fill('全楼停电检修');
			await expectAccessible(page, 'an exception');
			await dialog.getByRole('button', { name: word('hours_exception_save') }).click();
			await dialog.waitFor({ state: 'hidden' });
			await page.getByText('特殊安排：全楼停电检修').waitFor();

			// Somebody else is faster.
			const other = new TestClient(product.url);
			await other.signIn(administrator.name, administrator.password);
			const hours = hoursView
				.parse(await other.get('/hours'))
				.counters.find(({ cityCode }) => cityCode === '310117');
			expect(hours?.week[4]?.[0]).toEqual({ from: '08:30', to: '12:00' });
			await other.put(`/counters/${hours?.counterId ?? ''}/hours`, {
				commandId: randomUUID(),
				version: hours?.version,
				week: DEFAULT_WEEK,
			});
			await monday.fill('10');
			await save.click();
			await page.getByRole('alert').getByText('ORG-3004').waitFor();
			expect(await monday.inputValue()).toBe('10:00');
			await page.getByRole('button', { name: word('hours_reload') }).click();
			await expect.poll(() => monday.inputValue()).toBe('09:00');

			await page.getByRole('button', { name: `撤销 ${tomorrow} 的特殊安排` }).click();
			await dialog.getByText(/这一天恢复为/).waitFor();
			await dialog.getByRole('button', { name: word('hours_exception_lift_do') }).click();
			await page.getByText(word('hours_exceptions_none')).waitFor();
			expect(errors).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 180_000);

	it('S6.1 the desk says how the own counter stands', async () => {
		const clerk = await atDesk(product, clerkOf(product), { devices: false });
		try {
			await clerk.page.getByTitle(wordsOf('zh-CN')('hours_inform')).waitFor();
			expect(await clerk.page.getByTitle(wordsOf('zh-CN')('hours_inform')).innerText()).toMatch(
				/服务中，至|休息|日历未覆盖/,
			);
			expect(clerk.errors).toEqual([]);
		} finally {
			await clerk.pc.shutDown();
		}
	}, 120_000);

	it('X1 English, within 1366×768', async () => {
		const word = wordsOf('en');
		const pc = await Pc.boot({ devices: false, language: 'en' });
		try {
			const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			await page.getByRole('tab', { name: word('hours_tab') }).click();
			await page.getByRole('button', { name: word('hours_save') }).waitFor();
			await expectAccessible(page, 'hours (en)');
			for (const name of ['hours_save', 'hours_exception_add']) {
				const box = await page.getByRole('button', { name: word(name) }).boundingBox();
				expect((box?.x ?? 0) + (box?.width ?? 9_999), name).toBeLessThanOrEqual(1366);
			}
			expect(errors).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 120_000);
});
