import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../e2e/accessible.ts';
import { Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';

const WINDOWS = /\/api\/v1\/counters\/[^/]+\/facilities\/windows\/[^/]+$/;

describe('facilities of counters', () => {
	let product: Product;
	beforeAll(async () => {
		product = await Product.start();
	}, 300_000);
	afterAll(() => product.stop());

	it('S5.1 S5.2a X1 the register shows which counter falls short and why; an administrator records that it is mended', async () => {
		const word = wordsOf('zh-CN');
		const pc = await Pc.boot({ devices: false });
		try {
			const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'administrator'));
			await page.getByRole('tab', { name: word('facilities_tab') }).click();
			const list = page.getByRole('navigation', { name: word('facilities_counters') });
			const wuhu = list.getByRole('button', { name: /芜湖/ });
			await wuhu.getByText('3 项不达标').waitFor();
			expect(await list.getByText(word('facilities_meets')).count()).toBe(8);
			await wuhu.click();
			const how = page.getByRole('list', { name: word('facilities_shortfalls') });
			for (const text of [
				'2号窗口工作空间 8.5 m²，应不小于 10 m²。',
				'2号窗口的打印机损坏。',
				'2号窗口缺少耳麦。',
			])
				await how.getByText(text).waitFor();
			await page.getByRole('tab', { name: '2号窗口' }).click();
			await expectAccessible(page, 'facilities');

			const area = page.getByRole('textbox', { name: word('facilities_area') });
			const save = page.getByRole('button', { name: '保存 2号窗口' });
			await area.fill('很大');
			await page.getByText(/请填平方米数/).waitFor();
			expect(await save.isDisabled()).toBe(true);
			await area.fill('12.5');
			await page.getByRole('combobox', { name: '打印机：状态' }).selectOption('inUse');
			await page.getByRole('combobox', { name: '耳麦：状态' }).selectOption('inUse');
			await page.getByRole('textbox', { name: '耳麦：型号' }).fill('缤特力 BW3225');
			// What was typed stays while another window is looked at, and is marked there.
			await page.getByRole('tab', { name: '1号窗口' }).click();
			await page.getByRole('tab', { name: /2号窗口/ }).click();
			expect(await area.inputValue()).toBe('12.5');
			const sent: unknown[] = [];
			await page.route(WINDOWS, async (route) => {
				sent.push(route.request().postDataJSON());
				if (sent.length > 1) return route.continue();
				await route.fetch();
				return route.abort('connectionreset');
			});
			await save.click();
			await how.getByText(word('facilities_meetsAll')).waitFor();
			expect(sent[1]).toEqual(sent[0]);
			await wuhu.getByText(word('facilities_meets')).waitFor();

			await page.getByRole('combobox', { name: word('facilities_sign') }).selectOption('no');
			await page.getByRole('button', { name: word('facilities_save_site') }).click();
			await how.getByText(word('facilities_short_signMissing')).waitFor();
			expect(errors).toEqual([]);
		} finally {
			await pc.shutDown();
		}
	}, 180_000);

	it.each(['zh-CN', 'en'] as const)(
		'S5.1 X2 a supervisor reads the same and records nothing (%s)',
		async (language) => {
			const word = wordsOf(language);
			const pc = await Pc.boot({ devices: false, language });
			try {
				const { page, errors } = await pc.signIn(product.url, product.signIn('九城', 'supervisor'));
				await page.getByRole('link', { name: word('facilities_tab') }).click();
				await page.getByRole('list', { name: word('facilities_shortfalls') }).waitFor();
				await page.getByRole('table').first().waitFor();
				await expectAccessible(page, 'facilities of a supervisor');
				expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
				expect(await page.getByRole('combobox').count()).toBe(0);
				expect(errors).toEqual([]);
			} finally {
				await pc.shutDown();
			}
		},
		120_000,
	);
});
