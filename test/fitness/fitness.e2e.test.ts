import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAM_ENDS_SOON, UNSIGNED } from '@counter-hub/hub-server/seed/demo/plantQualifications.ts';
import { newPdf } from '../blobs/uploading.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product, type SignIn } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';

const word = wordsOf('zh-CN');
const button = (page: Page | Locator, key: string): Locator =>
	page.getByRole('button', { name: word(key), exact: true });
const dialogOf = (page: Page, title: string): Locator => page.getByRole('dialog', { name: title });

describe('who may open a shift', () => {
	let product: Product;
	let admin: Person;
	let approver: Person;
	const signInOf = (name: string): SignIn => {
		const found = product.signIns.find((one) => one.name === name);
		if (!found) throw new Error(`nobody of the demo is called ${name}`);
		return found;
	};
	/** What stands at the side of the approver's desk. */
	const own = () => approver.page.getByRole('region', { name: word('fitness_own_title') });
	const row = (name: string) => admin.page.getByRole('row').filter({ hasText: name });

	beforeAll(async () => {
		product = await Product.start();
		admin = await atDesk(product, product.signIn('九城', 'administrator'), { devices: false });
		approver = await atDesk(product, signInOf(UNSIGNED), { devices: false, shift: false });
		await admin.page.goto(`${product.url}/admin`);
		await admin.page.getByRole('tab', { name: word('fitness_tab') }).click();
		await row(UNSIGNED).waitFor();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([admin.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	it('S4.3 an administrator sees who lacks what, and what runs out soon', async () => {
		expect(await row(UNSIGNED).innerText()).toMatch(/不符合\s+承诺书第 1 版\s+未签/);
		expect(await row(EXAM_ENDS_SOON.name).innerText()).toContain('业务考核还有 20 天到期');
		await expectAccessible(admin.page, 'fitness');
		await admin.page.getByRole('checkbox', { name: word('fitness_lackingOnly') }).check();
		await expect.poll(() => admin.page.getByRole('row').count()).toBe(2);
		await admin.page.getByRole('checkbox', { name: word('fitness_lackingOnly') }).uncheck();
	});

	it('S4.3 X3 a training is recorded with its proof, which the person opens; a wrong record is struck out', async () => {
		const { page } = admin;
		await row(UNSIGNED).getByRole('button').click();
		await button(page, 'qualifications_record_ask').click();
		const dialog = dialogOf(page, word('qualifications_record_title'));
		await dialog.getByLabel(word('qualifications_form_title'), { exact: true }).fill('档案管理培训');
		await button(dialog, 'qualifications_record_do').click();
		await dialog.getByText(word('qualifications_form_passedOnBad')).waitFor();
		await dialog.getByLabel(word('qualifications_form_passedOn'), { exact: true }).fill('20260112');
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: '证书.pdf', mimeType: 'application/pdf', buffer: newPdf(30_000) });
		await dialog.getByText('证书.pdf').waitFor();
		await expectAccessible(page, 'record a training');
		await button(dialog, 'qualifications_record_do').click();
		await dialog.waitFor({ state: 'hidden' });
		await page
			.getByRole('row')
			.filter({ hasText: '档案管理培训' })
			.getByText(word('qualifications_endless'))
			.waitFor();

		await own()
			.getByRole('button', { name: word('fitness_own_lookOf') })
			.click();
		const mine = dialogOf(approver.page, word('fitness_own_title'));
		const popup = approver.page.context().waitForEvent('page');
		await mine.getByRole('button', { name: '查看证明：档案管理培训' }).click();
		const shown = await popup;
		await shown.waitForURL(/\/api\/v1\/blobs\//);
		await shown.close();
		await expectAccessible(approver.page, 'own fitness');
		await button(mine, 'common_close').click();

		await page.getByRole('button', { name: '作废：档案管理培训' }).click();
		const strike = dialogOf(page, word('qualifications_strike_title'));
		await strike.getByRole('textbox').fill('登记到了别人名下');
		await button(strike, 'qualifications_strike_do').click();
		await strike.waitFor({ state: 'hidden' });
		const struck = page.getByRole('row').filter({ hasText: '档案管理培训' });
		expect(await struck.innerText()).toContain('作废：登记到了别人名下');
		await expectAccessible(page, 'one person');
		await button(page, 'fitness_back').click();
		// Back where one was.
		await expect
			.poll(() =>
				row(UNSIGNED)
					.getByRole('button')
					.evaluate((node) => document.activeElement === node),
			)
			.toBe(true);
	});

	it('S4.3 H-7 a person signs with his own name and no other; an answer that is lost signs once', async () => {
		const { page } = approver;
		expect(await own().getByRole('status').innerText()).toBe('上岗前还缺：承诺书第 1 版');
		await button(own(), 'fitness_own_signShort').click();
		const dialog = dialogOf(page, word('undertakings_sign_title'));
		const name = dialog.getByLabel(word('undertakings_sign_name'));
		await name.fill('李响');
		await page.keyboard.press('Enter');
		await dialog.getByText('请输入你在系统登记的姓名：李想').waitFor();
		await expectAccessible(page, 'sign the undertaking');
		const sent: unknown[] = [];
		await page.route(/\/undertakings\/1\/signature$/, async (route) => {
			sent.push(route.request().postDataJSON());
			if (sent.length > 1) return route.continue();
			// It reached the hub, which carried it out.
			await route.fetch();
			return route.abort('connectionreset');
		});
		await name.fill('李想');
		await page.keyboard.press('Enter');
		await dialog.waitFor({ state: 'hidden' });
		expect(sent).toHaveLength(2);
		expect(sent[1]).toEqual(sent[0]);
		await expect.poll(() => own().getByRole('status').innerText()).toBe(word('fitness_own_fit'));
		await own()
			.getByRole('button', { name: word('fitness_own_lookOf') })
			.click();
		const mine = dialogOf(page, word('fitness_own_title'));
		await mine.getByText('已签第 1 版').waitFor();
		const popup = page.context().waitForEvent('page');
		await mine.getByRole('button', { name: /^打印/ }).click();
		const pdf = await popup;
		await pdf.waitForURL(/^blob:/);
		await pdf.close();
		await button(mine, 'common_close').click();
	});

	it('S4.3 a new version is previewed and published; desks that are open ask for it at once', async () => {
		const { page } = admin;
		await button(page, 'fitness_undertaking').click();
		const shown = dialogOf(page, word('undertakings_title'));
		await shown.getByText('商业秘密、技术秘密和个人隐私').waitFor();
		await expectAccessible(page, 'undertaking');
		await button(shown, 'undertakings_publish_ask').click();
		const write = dialogOf(page, '编写第 2 版');
		const body = write.getByLabel(word('undertakings_publish_body'));
		await button(write, 'undertakings_publish_look').click();
		await write.getByText(word('undertakings_publish_same')).waitFor();
		await body.fill(`${await body.inputValue()}\n本版自发布之日起施行。`);
		await button(write, 'undertakings_publish_look').click();
		const preview = dialogOf(page, '第 2 版预览');
		await preview.getByText('本版自发布之日起施行。').waitFor();
		await expectAccessible(page, 'preview of an undertaking');
		await preview.getByRole('button', { name: '发布第 2 版，全员重签' }).click();
		await preview.waitFor({ state: 'hidden' });
		await row(UNSIGNED).getByText('承诺书第 2 版').waitFor();
		await expect.poll(() => own().getByRole('status').innerText()).toBe('上岗前还缺：承诺书第 2 版');
		expect([...admin.errors, ...approver.errors]).toEqual([]);
	});

	it('S4.3 what a city asks for is ticked, and counts at once', async () => {
		const { page } = admin;
		await button(page, 'fitness_rules').click();
		const rules = dialogOf(page, word('qualifications_rules_title'));
		const box = rules.getByRole('checkbox', { name: '合肥 业务考核' });
		expect(await box.isChecked()).toBe(true);
		await expectAccessible(page, 'what is asked for');
		await rules.getByRole('checkbox', { name: '合肥 在岗培训' }).check();
		await page.getByText('合肥：上岗要求已保存').waitFor();
		await button(rules, 'common_close').click();
		expect(admin.errors).toEqual([]);
	});
});
