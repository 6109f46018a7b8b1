import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../e2e/accessible.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { fillSignIn, Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';

const word = wordsOf('zh-CN');
const APPLY = /\/api\/v1\/imports\/staff\/[0-9a-f]{64}\/apply$/;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('people of a list', () => {
	let product: Product;
	let admin: Person;
	beforeAll(async () => {
		product = await Product.start();
		admin = await atDesk(product, product.signIn('九城', 'administrator'), { devices: false });
		await admin.page.goto(`${product.url}/admin`);
		await admin.page.getByRole('tab', { name: word('imports_tab') }).click();
	}, 300_000);
	afterAll(async () => {
		await admin.pc.shutDown();
		await product.stop();
	});
	const choose = (text: string) =>
		admin.page
			.locator('input[type=file]')
			.setInputFiles({ name: '名单.csv', mimeType: 'application/vnd.ms-excel', buffer: Buffer.from(text) });
	/** What is saved by a click. */
	async function saved(name: string): Promise<{ name: string; text: string }> {
		const download = admin.page.waitForEvent('download');
		await button(admin.page, name).click();
		const file = await download;
		return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
	}

	it('S4.1 what is no list is refused with the reason; the template shows the headings', async () => {
		const { page } = admin;
		expect(await saved(word('imports_template'))).toEqual({
			name: word('imports_template_file'),
			text: '\ufeff工号,姓名,角色,专窗\r\n',
		});
		await choose('工号,姓名\n1,2');
		await page.getByText('IMPT-5504').waitFor();
		await expectAccessible(page, 'choose a list');
	});

	it('S4.1 H-7 a list is looked at line by line, applied, and each password shown; a lost answer doubles nobody', async () => {
		const { page } = admin;
		await choose(
			[
				'工号;姓名;角色;专窗',
				'310117-0901;王小明;专窗人员;松江专窗',
				'310117-0203;陈婧;专窗人员;松江专窗',
				'310117-0204;顾彤;专窗人员;松江专窗',
				'310117-0902;=1+1;主任;松江专窗',
			].join('\r\n'),
		);
		const rows = page.getByRole('table', { name: word('imports_preview') }).getByRole('row');
		await expect.poll(() => rows.count()).toBe(5);
		expect(await rows.nth(2).innerText()).toContain('姓名：陈静 → 陈婧');
		await expectAccessible(page, 'preview of an import');
		const refused = await saved(word('imports_saveRefused'));
		expect(refused.text).toContain("\r\n310117-0902,'=1+1,主任,松江专窗,5,");
		await page.getByRole('radio', { name: '新增 1' }).check({ force: true });
		await expect.poll(() => rows.count()).toBe(2);

		let asked = 0;
		await page.route(APPLY, async (route) => {
			asked += 1;
			if (asked > 1) return route.continue();
			// It reached the hub, which carried it out.
			await route.fetch();
			return route.abort('connectionreset');
		});
		await button(page, '导入 2 人').click();
		await page.getByText('新增 1 人，修改 1 人，拒绝 1 行').waitFor();
		expect(asked).toBe(2);
		const password = await page
			.getByRole('table', { name: word('imports_passwordList') })
			.locator('code')
			.innerText();
		await expectAccessible(page, 'result of an import');
		// A look elsewhere loses nothing.
		await page.getByRole('tab', { name: word('people_tab_staff') }).click();
		await page.getByRole('cell', { name: '王小明', exact: true }).waitFor();
		await page.getByRole('tab', { name: word('imports_tab') }).click();
		await page.getByText(password).waitFor();
		expect((await saved(word('imports_savePasswords'))).text).toContain(`王小明,松江专窗,${password}`);

		const pc = await Pc.boot({ devices: false });
		const person = await pc.open(product.url);
		await fillSignIn(person.page, { name: '310117-0901', password });
		await person.page.locator('input[autocomplete=new-password]').first().waitFor();
		await pc.shutDown();
		await button(page, word('imports_handed')).click();
		await button(page, word('imports_choose')).waitFor();
		expect(await page.getByText(password).count()).toBe(0);
		expect(admin.errors).toEqual([]);
	});
});
