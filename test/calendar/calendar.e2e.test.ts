import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../e2e/accessible.ts';
import { Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';

/** Of a year that has no notice yet: its weekdays are right, so that nothing but the year is made up. */
const NOTICE = `国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕99号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。
三、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。`;
const YEARS = /\/api\/v1\/calendar\/years$/;

describe('the working-day calendar', () => {
	let product: Product;
	beforeAll(async () => {
		product = await Product.start();
	}, 300_000);
	afterAll(() => product.stop());

	it('S6.3.3 X1 an administrator pastes the notice, sees what it will change, and brings it in once though the answer is lost', async () => {
		const word = wordsOf('zh-CN');
		const pc = await Pc.boot({ devices: false });
		try {
			const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			await page.getByRole('tab', { name: word('calendar_tab') }).click();
			await page.getByText('日历覆盖至 2026-12-31').waitFor();
			await expectAccessible(page, 'calendar');

			await page
				.getByRole('button', { name: word('calendar_import') })
				.first()
				.click();
			const dialog = page.getByRole('dialog');
			const notice = dialog.getByRole('textbox', { name: word('calendar_notice') });
			const use = dialog.getByRole('button', { name: /^启用|^更正/ });
			// The notice of the year before shows itself, and what is no notice cannot be used.
			await notice.fill('元旦：1月1日（周四）至3日（周六）放假，共3天。');
			await dialog.getByText(/通知写 2027-01-01 是周四，其实是周五/).waitFor();
			await notice.fill('请参加会议');
			await dialog.getByText(word('calendar_preview_nothing')).waitFor();
			expect(await use.isDisabled()).toBe(true);
			await notice.fill(NOTICE.replace('2月13日（周六）', '2月12日（周五）'));
			await dialog.getByText('2027-02-12 不是周六或周日', { exact: false }).waitFor();
			expect(await use.isDisabled()).toBe(true);

			await notice.fill(NOTICE);
			await dialog.getByText('将新增 2027 年', { exact: false }).waitFor();
			expect(await dialog.getByRole('textbox', { name: word('calendar_sourceLabel') }).inputValue()).toBe(
				'国办发明电〔2026〕99号',
			);
			await expectAccessible(page, 'import of a year');
			const sent: unknown[] = [];
			await page.route(YEARS, async (route) => {
				sent.push(route.request().postDataJSON());
				if (sent.length > 1) return route.continue();
				await route.fetch();
				return route.abort('connectionreset');
			});
			await use.click();
			await page.getByText('日历覆盖至 2027-12-31').waitFor();
			expect(sent[1]).toEqual(sent[0]);
			// The year that was brought in is looked at.
			await page.getByRole('table', { name: '十月' }).getByText(word('calendar_mark_worked')).waitFor();

			// A limit across the new year.
			await page.getByLabel(word('calendar_trial_start')).fill('2026-12-31');
			await page.getByText('2027-01-04').waitFor();

			// Correcting a year shows the days that change and no others.
			await page
				.getByRole('button', { name: word('calendar_import') })
				.first()
				.click();
			await notice.fill(NOTICE.replace('至3日（周日）放假，共3天', '放假'));
			await dialog.getByText(word('calendar_preview_same').replace('{year}', '2027')).waitFor();
			await notice.fill(NOTICE.replace('。10月9日（周六）上班', ''));
			await dialog.getByText('2027 年将有 1 天不同：').waitFor();
			await dialog
				.getByRole('row', { name: /10-09 周六/ })
				.getByText(word('calendar_kind_weekend'))
				.waitFor();
			await page.keyboard.press('Escape');
			expect(errors).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 180_000);

	it('X1 English: the year is read as well, within 1366×768', async () => {
		const word = wordsOf('en');
		const pc = await Pc.boot({ devices: false, language: 'en' });
		try {
			const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			await page.getByRole('tab', { name: word('calendar_tab') }).click();
			await page.getByText(/Calendar reaches to/).waitFor();
			await page.getByRole('table', { name: 'October' }).waitFor();
			const button = await page
				.getByRole('button', { name: word('calendar_import') })
				.first()
				.boundingBox();
			expect((button?.x ?? 0) + (button?.width ?? 9_999)).toBeLessThanOrEqual(1366);
			await expectAccessible(page, 'calendar (en)');
			expect(errors).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 120_000);
});
