import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { answer, approverOf, callHangzhou, clerkOf, hangUp } from '../e2e/call.ts';
import { InputMethod } from '../e2e/InputMethod.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { wordsOf } from '../platform/words.ts';
import { FILLED, SECRETS, write } from './formFixtures.ts';

const word = wordsOf('zh-CN');
/** Two browsers and a call on a machine with two cores take their time; the limits only end what hangs. */
const SLOW = { timeout: 60_000, interval: 100 };

describe('V8 a form that is filled in under guidance', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	let address: string;
	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		address = await callHangzhou(clerk);
		await answer(approver);
		for (const { page } of [clerk, approver])
			await page.getByRole('tab', { name: word('forms_tab'), exact: true }).click();
		await field(clerk.page, '住所').getByRole('textbox').waitFor();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	const field = (page: Page, label: string, nth = 0) =>
		page.getByRole('group', { name: label, exact: true }).nth(nth);
	const input = (page: Page, label: string, nth = 0) => field(page, label, nth).getByRole('textbox');
	/** What somebody reads in a field. */
	const seen = (page: Page, label: string) => field(page, label).innerText();

	it('a mistake is named while it is typed; the approver sees both live, and cannot write', async () => {
		await input(clerk.page, '统一社会信用代码').fill('91330100MA0000023Q');
		await field(clerk.page, '统一社会信用代码').getByText('应为 P').waitFor();
		await expect.poll(() => seen(approver.page, '统一社会信用代码'), SLOW).toContain('91330100MA0000023Q');
		expect(await seen(approver.page, '统一社会信用代码')).toContain('应为 P');
		await input(clerk.page, '统一社会信用代码').fill('91330100MA0000023P');
		await expect.poll(() => seen(approver.page, '统一社会信用代码'), SLOW).not.toContain('应为 P');
		// Required only counts as missing once it was left.
		await input(clerk.page, '邮政编码').focus();
		expect(await field(clerk.page, '邮政编码').getByText(word('forms_fault_missing')).count()).toBe(0);
		await clerk.page.keyboard.press('Tab');
		await field(clerk.page, '邮政编码').getByText(word('forms_fault_missing')).waitFor();
		const form = approver.page.getByRole('region', { name: word('forms_tab'), exact: true });
		expect(await form.getByRole('textbox').count()).toBe(0);
		expect(await form.getByRole('combobox').count()).toBe(0);
	});

	it('X3 what belongs to a person the approver sees masked, and in full only with a reason', async () => {
		await input(clerk.page, '原法定代表人').fill(SECRETS.formerName);
		await expect.poll(() => seen(approver.page, '原法定代表人'), SLOW).toContain('宋*');
		expect(await approver.page.content()).not.toContain(SECRETS.formerName);
		await approver.page.getByRole('button', { name: word('forms_unmask') }).click();
		await approver.page.getByRole('dialog').getByRole('textbox').fill('与身份证件原件比对');
		await approver.page.keyboard.press('Enter');
		await expect.poll(() => seen(approver.page, '原法定代表人'), SLOW).toContain(SECRETS.formerName);
		await approver.page.getByRole('button', { name: word('forms_unmask_hide') }).click();
		await expect.poll(() => seen(approver.page, '原法定代表人')).not.toContain(SECRETS.formerName);
	});

	it('the approver goes where the clerk writes, points at a field and leaves a comment that stands until solved', async () => {
		await field(clerk.page, '移动电话', 1).getByRole('textbox').focus();
		const there = field(approver.page, '移动电话', 1);
		await there.getByText(word('forms_writes')).waitFor();
		await expect.poll(() => inView(there), SLOW).toBe(true);

		await field(approver.page, '住所')
			.getByRole('button', { name: /指给对方看/ })
			.click();
		await field(clerk.page, '住所').getByText(word('forms_points')).waitFor();
		await expect.poll(() => inView(field(clerk.page, '住所')), SLOW).toBe(true);

		await field(approver.page, '住所').getByRole('button', { name: /留言/ }).click();
		await approver.page.keyboard.type('打 13800001234 问');
		// It is still there after a look at another panel.
		await approver.page.getByRole('tab', { name: '时间线' }).click();
		await approver.page.getByRole('tab', { name: word('forms_tab'), exact: true }).click();
		await input(approver.page, '住所').press('Enter');
		await approver.page.getByRole('alert').filter({ hasText: 'FORM-1105' }).waitFor();
		await input(approver.page, '住所').fill('请写到房间号');
		await approver.page.keyboard.press('Enter');
		await field(clerk.page, '住所').getByText('请写到房间号').waitFor();
		await input(clerk.page, '住所').fill(FILLED['domicile'] ?? '');
		await expect.poll(() => seen(approver.page, '住所'), SLOW).toContain('301 室');
		await field(clerk.page, '住所')
			.getByRole('button', { name: word('forms_comment_solve') })
			.click();
		for (const { page } of [clerk, approver])
			await field(page, '住所').getByText(word('forms_comment_solved').replace('{n}', '1')).waitFor();
	});

	it('F11 an input method that composes is left alone: nothing of it is sent or rewritten', async () => {
		const ime = await InputMethod.of(clerk.page);
		await input(clerk.page, '国别（地区）').focus();
		await ime.compose('z', 'zhong', 'zhongguo');
		// A colleague writes the same field meanwhile, and another one.
		const colleague = await colleagueAt(address);
		await write(colleague, { path: 'postcode', value: '310012' });
		await write(colleague, { path: 'nationality', value: '美国' });
		await expect.poll(() => seen(approver.page, '国别（地区）'), SLOW).toContain('美国');
		await expect.poll(() => input(clerk.page, '邮政编码').inputValue(), SLOW).toBe('310012');
		expect(await input(clerk.page, '国别（地区）').inputValue()).toBe('zhongguo');
		await ime.commit('中国');
		expect(await input(clerk.page, '国别（地区）').inputValue()).toBe('中国');

		// Two versions of one field: nobody's is lost.
		const quarrel = field(clerk.page, '国别（地区）').getByRole('alert');
		await quarrel.getByText('FORM-1204').waitFor();
		expect(await quarrel.innerText()).toContain('美国');
		await expect.poll(() => seen(approver.page, '国别（地区）')).toContain('美国');
		await quarrel.getByRole('button', { name: word('forms_conflict_keep') }).click();
		await expect.poll(() => seen(approver.page, '国别（地区）'), SLOW).toContain('中国');
		colleague.socket.close();
	});

	/** Somebody at the same counter who fills in the same form. */
	async function colleagueAt(caseAddress: string) {
		const client = new TestClient(product.url);
		const { name, password } = clerkOf(product);
		await client.signIn(name, password);
		const socket = await client.socket();
		return { socket, caseId: caseAddress.split('/').at(-1) ?? '' };
	}

	async function openForm(page: Page): Promise<void> {
		await page.goto(address);
		await page.getByRole('tab', { name: word('forms_case_tab') }).click();
		await input(page, '住所').waitFor();
	}

	it('A3 the hub is killed while the clerk writes: what was typed waits, is saved once, and is there after a reload', async () => {
		const { page } = clerk;
		await hangUp(clerk);
		await openForm(page);
		await product.kill('hub-server/src/main.ts');
		await input(page, '联系电话').fill(SECRETS.companyPhone);
		await page.getByText(/等待中心服务器（1）/).waitFor();
		await page.getByText(/\d\d:\d\d 已保存/).waitFor();
		await page.reload();
		await page.getByRole('tab', { name: word('forms_case_tab') }).click();
		await expect.poll(() => input(page, '联系电话').inputValue(), SLOW).toBe(SECRETS.companyPhone);
	});

	it('by keyboard alone: the form is filled in, completed and printed', async () => {
		const { page } = clerk;
		const keys = page.keyboard;
		await input(page, '变更后法定代表人').focus();
		await keys.type(SECRETS.newName);
		await keys.press('Tab');
		await keys.press('ArrowDown');
		await keys.press('Tab');
		await keys.type('2026-1-18');
		await keys.press('Tab');
		expect(await input(page, '任免日期').inputValue()).toBe('2026-01-18');
		// The articles do not name him.
		await keys.press('ArrowLeft');
		expect(await field(page, '章程载明法定代表人姓名').getByRole('radio', { name: '否' }).isChecked()).toBe(
			true,
		);
		await page.getByText(/还差 \d+ 处/).waitFor();
		await fillRest(page);
		const complete = page.getByRole('button', { name: word('forms_complete') });
		await expect.poll(() => complete.isEnabled(), SLOW).toBe(true);
		await complete.focus();
		await keys.press('Enter');
		await page.getByText(word('forms_done')).first().waitFor();
		await page.getByRole('log').getByText(word('forms_event_completed')).first().waitFor();

		const printed = page.waitForResponse(/\/forms\/[^/]+\/pdf$/);
		const opened = clerk.pc.context.waitForEvent('page');
		await page.getByRole('button', { name: word('forms_print') }).focus();
		await keys.press('Enter');
		const response = await printed;
		expect(response.headers()['content-type']).toBe('application/pdf');
		const tab = await opened;
		await expect.poll(() => tab.url(), SLOW).toMatch(/^blob:/);
		await tab.close();
		expect(clerk.errors).toEqual([]);
		expect(approver.errors).toEqual([]);
	});
});

/** Whether an element is to be seen in its scrolled frame. */
const inView = (element: ReturnType<Page['getByRole']>): Promise<boolean> =>
	element.evaluate((node) => {
		const { top, bottom } = node.getBoundingClientRect();
		return top >= 0 && bottom <= innerHeight;
	});

async function fillRest(page: Page): Promise<void> {
	for (const [path, value] of Object.entries(FILLED)) {
		const place = page.locator(`[data-path="${path}"]`);
		if (await place.getByRole('combobox').count()) await place.getByRole('combobox').selectOption(value);
		else if (await place.getByRole('radio').count()) await place.locator(`input[value="${value}"]`).check();
		else if ((await place.getByRole('textbox').inputValue()) !== value)
			await place.getByRole('textbox').fill(value);
	}
}
