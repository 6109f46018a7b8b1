/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPdf } from '../blobs/uploading.ts';
import { expectAccessible } from '../e2e/accessible.ts';
import { answer, approverOf, callHangzhou, clerkOf, hangUp } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';
import { wordsOf } from '../platform/words.ts';
import { TestScanner } from './newScanner.ts';

const SLOW = { timeout: 60_000, interval: 200 };
const word = wordsOf('zh-CN');
const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const pdf = (name: string, size = 3_000) => ({ name, mimeType: 'application/pdf', buffer: newPdf(size) });

const tab = (page: Page, key: string): Locator => page.getByRole('tab', { name: word(key) });
const openPanel = (page: Page, key: string): Promise<void> => tab(page, key).click();
const line = (page: Page): Locator => page.getByRole('textbox', { name: word('chat_label') });
const talk = (page: Page): Locator => page.getByRole('log', { name: word('chat_tab') });
const files = (page: Page): Locator => page.locator('[data-file]');
const upload = (page: Page, list: Parameters<Locator['setInputFiles']>[0]): Promise<void> =>
	page.locator('input[type=file]').setInputFiles(list);

describe('beside the picture, in one call', () => {
	let scanner: TestScanner;
	let product: Product;
	let clerk: Person;
	let approver: Person;
	beforeAll(async () => {
		scanner = await new TestScanner().start();
		product = await Product.start({ BLOB_SCAN_URL: scanner.url });
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		await callHangzhou(clerk);
		await answer(approver);
		for (const { page } of [clerk, approver]) await tab(page, 'chat_tab').waitFor();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
		scanner.goAway();
	});

	/** The tab that a click on the way to open a file brings. */
	async function opened(page: Page, name: string): Promise<{ type: string; url: string }> {
		const popup = page.context().waitForEvent('page');
		await page.getByRole('button', { name: `打开 ${name}`, exact: true }).click();
		const shown = await popup;
		await shown.waitForURL(/\/api\/v1\/blobs\//);
		const found = { type: await shown.evaluate(() => document.contentType), url: shown.url() };
		await shown.close();
		return found;
	}

	it('V9 chat: both ways, one key away; what comes unseen is said over the stage and by a dot', async () => {
		await approver.page.keyboard.press('l');
		await expect
			.poll(() => line(approver.page).evaluate((input) => document.activeElement === input))
			.toBe(true);
		await approver.page.keyboard.type('副本在不在？请一并放到镜头下。');
		await approver.page.keyboard.press('Enter');
		const hint = clerk.page.getByRole('button', { name: '许文：副本在不在？请一并放到镜头下。' });
		await hint.waitFor();
		expect(await tab(clerk.page, 'chat_tab').getByRole('img').count()).toBe(1);
		await hint.click();
		await talk(clerk.page).getByText('副本在不在？').waitFor();
		expect(await hint.count()).toBe(0);
		expect(await tab(clerk.page, 'chat_tab').getByRole('img').count()).toBe(0);
		await line(clerk.page).fill('在的。');
		await line(clerk.page).press('Shift+Enter');
		await clerk.page.keyboard.type('经办人正在取。');
		await line(clerk.page).press('Enter');
		await talk(approver.page).getByText('在的。\n经办人正在取。').waitFor();
		expect(await talk(approver.page).getByRole('listitem').allInnerTexts()).toEqual([
			expect.stringMatching(/^\d\d:\d\d\s+我\s+副本在不在？/),
			expect.stringMatching(/^\d\d:\d\d\s+陈静\s+在的。/),
		]);
		await expectAccessible(clerk.page, 'chat');
	});

	it('F10 F12 a phone number is refused and stays typed; the Enter of an input method sends nothing', async () => {
		const { page } = clerk;
		await line(page).fill('电话 138-0013-8000');
		await line(page).press('Enter');
		await page.getByText('FORM-1105').waitFor();
		expect(await line(page).inputValue()).toBe('电话 138-0013-8000');
		await line(page).fill('副本到了');
		await line(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
		expect(await line(page).inputValue()).toBe('副本到了');
		await line(page).press('Enter');
		await talk(approver.page).getByText('副本到了').waitFor();
		expect(await talk(approver.page).getByText('138-0013').count()).toBe(0);
	});

	it('V9 H-7 while the hub is away a line says that it waits; it goes out once by itself', async () => {
		await product.kill('hub-server/src/main.ts');
		await line(clerk.page).fill('这句等中心服务器回来再发。');
		await line(clerk.page).press('Enter');
		await clerk.page.getByText(word('chat_waiting')).waitFor();
		await talk(approver.page).getByText('这句等中心服务器回来再发。').waitFor();
		await clerk.page.getByText(word('chat_waiting')).waitFor({ state: 'hidden' });
		for (const { page } of [clerk, approver])
			expect(await talk(page).getByText('这句等中心服务器回来再发。').count()).toBe(1);
	});

	it('V9 B-2 files: both ways, opened by the other side; a line that breaks loses nothing', async () => {
		await openPanel(clerk.page, 'files_tab');
		let cut = 0;
		const begun: string[] = [];
		await clerk.page.route(/\/api\/v1\/uploads/, async (route) => {
			const method = route.request().method();
			if (method === 'POST') begun.push(route.request().url());
			if (method !== 'PATCH' || Number(route.request().headers()['upload-offset']) === 0 || cut > 0)
				return route.continue();
			cut += 1;
			return route.abort('connectionreset');
		});
		await upload(clerk.page, [pdf('股东会决议.pdf', 5_000_000)]);
		await expect.poll(() => files(clerk.page).count(), SLOW).toBe(1);
		await clerk.page.unroute(/\/api\/v1\/uploads/);
		expect([cut, begun.length]).toEqual([1, 1]);
		await approver.page.getByRole('button', { name: '陈静 发来 股东会决议.pdf' }).click();
		expect(await files(approver.page).innerText()).toMatch(/PDF 4\.8\u2009MB · 松江 陈静/);
		expect(await opened(approver.page, '股东会决议.pdf')).toMatchObject({ type: 'application/pdf' });
		// Dropped on the panel.
		await approver.page.getByRole('region', { name: word('files_tab') }).evaluate((panel, base64) => {
			const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
			const dataTransfer = new DataTransfer();
			dataTransfer.items.add(new File([bytes], '样表.png', { type: 'image/png' }));
			panel.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
		}, PIXEL.toString('base64'));
		await files(clerk.page).getByText('样表.png').waitFor();
		expect(await opened(clerk.page, '样表.png')).toMatchObject({ type: 'image/png' });
		await expectAccessible(clerk.page, 'files');
	});

	it('B-3 F10 what cannot be sent says why: kinds, empty ones; a name with an ID number is given another', async () => {
		const { page } = clerk;
		await upload(page, [
			{ name: '申请表.docx', mimeType: 'application/msword', buffer: Buffer.from('PK') },
			{ name: '假的.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no PDF at all') },
			{ name: '空的.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
			pdf('何清 310117190001010012.pdf'),
		]);
		await expect.poll(() => page.getByText('FILE-4701').count(), SLOW).toBe(2);
		await page.getByText(word('files_unreadable')).waitFor();
		await page.getByText('FORM-1105').waitFor();
		await page.getByRole('textbox', { name: word('files_name') }).fill('经办人身份证.pdf');
		await page.getByRole('button', { name: word('files_rename') }).click();
		await files(approver.page).getByText('经办人身份证.pdf').waitFor();
		for (const name of ['申请表.docx', '假的.pdf', '空的.pdf'])
			await page.getByRole('button', { name: `取消 ${name}` }).click();
		expect(await files(page).count()).toBe(3);
	});

	it('V9 who sent a file takes it back: the other side sees that and cannot open it any more', async () => {
		const { page } = clerk;
		await page.getByRole('button', { name: '股东会决议.pdf 的更多操作' }).click();
		await page.getByRole('menuitem', { name: word('files_withdraw') }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByRole('textbox').fill('发错了企业');
		await dialog.getByRole('button', { name: word('files_withdraw_do') }).click();
		await files(approver.page).getByText('发错了企业').waitFor();
		expect(await approver.page.getByRole('button', { name: '打开 股东会决议.pdf' }).count()).toBe(0);
		expect(await approver.page.getByRole('button', { name: '打开 样表.png' }).count()).toBe(1);
		await approver.page.getByRole('button', { name: '经办人身份证.pdf 的更多操作' }).click();
		expect(await approver.page.getByRole('menuitem').allInnerTexts()).toEqual([word('files_save')]);
		await approver.page.keyboard.press('Escape');
	});

	it('B-7 a scanner that is away refuses with a word; an administrator decides otherwise, for everybody to see', async () => {
		scanner.goAway();
		await upload(clerk.page, [pdf('章程修正案.pdf')]);
		await clerk.page.getByText('BLOB-4508').waitFor();
		const found = product.signIns.find(({ role }) => role === 'administrator');
		if (!found) throw new Error('no administrator in the demo');
		const administrator = await atDesk(product, found, { devices: false });
		const { page } = administrator;
		await page.getByRole('tab', { name: word('files_scan_tab') }).click();
		await page.getByRole('button', { name: `松江: ${word('files_scan_waive_ask')}` }).click();
		await page.getByRole('dialog').getByRole('textbox').fill('查毒服务器检修');
		await page
			.getByRole('dialog')
			.getByRole('button', { name: word('files_scan_waive_do') })
			.click();
		await page.getByRole('row', { name: /松江.*查毒服务器检修/ }).waitFor();
		await expectAccessible(page, 'file scanning');
		for (const side of [clerk, approver]) await side.page.getByText('查毒服务器检修').waitFor();
		await clerk.page.getByRole('button', { name: word('files_retry') }).click();
		await files(approver.page)
			.filter({ hasText: '章程修正案.pdf' })
			.getByText(word('files_unscanned'))
			.waitFor();
		await page.getByRole('button', { name: `松江: ${word('files_scan_require_ask')}` }).click();
		await page.getByRole('dialog').getByRole('textbox').fill('检修结束');
		await page
			.getByRole('dialog')
			.getByRole('button', { name: word('files_scan_require_do') })
			.click();
		await clerk.page.getByText('查毒服务器检修').waitFor({ state: 'hidden' });
		await scanner.start();
		await administrator.pc.shutDown();
	});

	it('V9 S4.4a the guide is searched, and a section put before the other side without taking the line from under his hands', async () => {
		await openPanel(clerk.page, 'chat_tab');
		await line(clerk.page).fill('请稍等，');
		await approver.page.keyboard.press('g');
		const search = approver.page.getByRole('searchbox', { name: word('guides_search') });
		await search.fill('营业　执照');
		await approver.page.getByText(/^1\/\d+$/).waitFor();
		await search.press('Enter');
		await approver.page.getByText(/^2\/\d+$/).waitFor();
		expect(await approver.page.locator('mark[aria-current]').innerText()).toBe('营业执照');
		await approver.page.getByRole('button', { name: '给对方看：常见差错' }).click();
		await approver.page.getByText(/已给对方看/).waitFor();
		await expectAccessible(approver.page, 'guide');
		// It stays where it was left, and goes on from there.
		await openPanel(approver.page, 'chat_tab');
		await openPanel(approver.page, 'guides_tab');
		expect(await approver.page.locator('mark[aria-current]').innerText()).toBe('营业执照');
		await search.fill('签字');
		await approver.page.getByText(/^1\/\d+$/).waitFor();
		expect(await approver.page.locator('mark[aria-current]').innerText()).toBe('签字');
		const chip = clerk.page.getByRole('button', { name: '许文 请你看：常见差错' });
		await chip.first().waitFor();
		await clerk.page.keyboard.type('马上好');
		expect(await line(clerk.page).inputValue()).toBe('请稍等，马上好');
		await clerk.page.reload();
		await chip.first().click();
		const heading = clerk.page.getByRole('heading', { name: '常见差错' });
		await expect
			.poll(() => heading.evaluate((element) => document.activeElement === element), SLOW)
			.toBe(true);
		await clerk.page.getByText('申请书由原法定代表人签字').waitFor();
		expect(await chip.count()).toBe(0);
	});

	it('V9 after the call all of it is one entry of the timeline that opens, and files and guide stand on the case', async () => {
		await hangUp(clerk);
		const { page } = clerk;
		await page.getByRole('link', { name: '返回办件' }).first().click();
		await page.waitForURL(/\/cases\//);
		const timeline = page.getByRole('log');
		await timeline.getByText('聊天 4 条').waitFor();
		await timeline.getByText('文件 4 个，收回 1 个').waitFor();
		await timeline.getByText('指南 1 处').waitFor();
		await timeline.getByRole('button', { name: /展开/ }).click();
		await timeline.getByText('收回文件').waitFor();
		await timeline.getByText('请对方看指南：常见差错').waitFor();
		await openPanel(page, 'files_tab');
		await expect.poll(() => files(page).count()).toBe(4);
		await openPanel(page, 'guides_tab');
		await page.getByRole('heading', { name: '常见差错' }).waitFor();
		await expectAccessible(page, 'case with its guide');
		expect([clerk.errors, approver.errors]).toEqual([[], []]);
	});
});
