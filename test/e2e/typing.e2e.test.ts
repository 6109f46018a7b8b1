import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../platform/Product.ts';
import { clerkOf } from './call.ts';
import { InputMethod } from './InputMethod.ts';
import { atDesk, type Person } from './people.ts';

describe('typing', () => {
	let product: Product;
	let clerk: Person;
	let ime: InputMethod;
	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		ime = await InputMethod.of(clerk.page);
	}, 300_000);
	afterAll(async () => {
		await clerk.pc.shutDown();
		await product.stop();
	});

	async function newCase(): Promise<Page> {
		const { page } = clerk;
		await page.goto(`${product.url}/cases/new`);
		await page.getByLabel('统一社会信用代码').waitFor();
		return page;
	}

	it.each(['统一社会信用代码', '公民身份号码'])(
		'F11 nothing is rewritten while composing: %s',
		async (label) => {
			const page = await newCase();
			const field = page.getByRole('textbox', { name: label });
			await field.focus();
			await ime.compose('m', 'ma');
			expect(await field.inputValue()).toBe('ma');
			await ime.commit('ma');
			await expect.poll(() => field.inputValue()).toBe('MA');
			await ime.compose('x');
			await ime.commit('x');
			await expect.poll(() => field.inputValue()).toBe('MAX');
			await page.keyboard.type('n1');
			await expect.poll(() => field.inputValue()).toBe('MAXN1');
		},
	);

	it('F12 keys of a composition choose nothing, search nothing and are no shortcuts', async () => {
		const page = await newCase();
		await page.getByRole('searchbox').focus();
		await ime.compose('l', 'li');
		await ime.key('Enter');
		await ime.key('ArrowDown');
		expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
		await ime.commit('变更');
		await page.keyboard.press('Enter');
		await expect.poll(() => page.getByRole('radio', { checked: true }).count()).toBe(1);

		await page.goto(`${product.url}/cases`);
		await page.getByRole('row').nth(1).waitFor();
		const search = page.getByRole('searchbox');
		await search.focus();
		await ime.compose('h', 'ha');
		await ime.key('Enter');
		await ime.key('F4');
		expect(await search.inputValue()).toBe('ha');
		await ime.commit('杭州澄砚');
		await expect.poll(() => page.url()).toContain(encodeURIComponent('杭州澄砚'));
		expect(await page.getByRole('dialog').count()).toBe(0);
		expect(clerk.errors).toEqual([]);
	});

	it.each([
		['统一社会信用代码', '\u200e９１３３ 0100-ＭＡ00 00023p', '91330100MA0000023P'],
		['公民身份号码', '310117 19000101\u200b 008ｘ', '31011719000101008X'],
		['联系电话', '+86 138–0013–8000\u202c', '13800138000'],
	])('F14 a pasted number is shown in its normal form: %s', async (label, pasted, shown) => {
		const page = await newCase();
		const field = page.getByRole('textbox', { name: label });
		await field.focus();
		await ime.commit(pasted);
		await expect.poll(() => field.inputValue()).toBe(shown);
	});

	it('F16 a name of forty rare characters goes in whole', async () => {
		const page = await newCase();
		const field = page.getByRole('textbox', { name: '姓名' });
		await field.focus();
		await ime.commit('𠮷'.repeat(40));
		await expect.poll(() => field.inputValue()).toBe('𠮷'.repeat(40));
		await ime.commit('某');
		await expect.poll(() => field.inputValue()).toBe('𠮷'.repeat(40));
	});
});
