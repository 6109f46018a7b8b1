import { randomUUID } from 'node:crypto';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../e2e/accessible.ts';
import { clerkOf } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { wordsOf } from '../platform/words.ts';

const word = wordsOf('zh-CN');
const button = (within: Page | Locator, key: string): Locator =>
	within.getByRole('button', { name: word(key), exact: true });

describe('fault tickets in the page', () => {
	let product: Product;
	let clerk: Person;
	let admin: Person;
	const panel = ({ page }: Person) => page.getByRole('complementary', { name: word('tickets_panel') });
	const ownTickets = () => clerk.page.getByRole('region', { name: word('tickets_title') });

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product), { devices: false });
		admin = await atDesk(product, product.signIn('九城', 'administrator'), { devices: false });
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), admin.pc.shutDown()]);
		await product.stop();
	});

	it('S5.2b a clerk reports a fault from the desk; nothing is sent that is not complete', async () => {
		await ownTickets().getByText(word('tickets_desk_none')).waitFor();
		await button(ownTickets(), 'tickets_report').click();
		const dialog = clerk.page.getByRole('dialog', { name: word('tickets_report_title') });
		await button(dialog, 'tickets_report_do').click();
		await dialog.getByText(word('tickets_report_itemMissing')).waitFor();
		await dialog.getByText(word('tickets_report_textMissing')).waitFor();
		await dialog.getByLabel(word('tickets_report_item')).selectOption('printer');
		await dialog.getByLabel(word('tickets_report_text')).fill('卡纸，联系 13800001234');
		await button(dialog, 'tickets_report_do').click();
		await dialog.getByRole('alert').filter({ hasText: 'FORM-1105' }).waitFor();
		await dialog.getByLabel(word('tickets_report_text')).fill('卡纸，取出后仍报错');
		await expectAccessible(clerk.page, 'reporting a fault');
		await button(dialog, 'tickets_report_do').click();
		await ownTickets().getByText(word('tickets_state_pending')).waitFor();
	});

	it('L5 what a check finds comes to the administrator by itself, with what was measured', async () => {
		const { page } = admin;
		await page
			.getByRole('navigation')
			.getByRole('link', { name: word('tickets_title') })
			.click();
		await page.getByText('卡纸，取出后仍报错').waitFor();
		const client = new TestClient(product.url);
		const { name, password } = clerkOf(product);
		await client.signIn(name, password);
		const { counter } = await client.me();
		const found = { item: 'microphone', level: null };
		const windowId = counter?.windows[0]?.id;
		await client.post('/checks/items', { commandId: randomUUID(), windowId, found });
		await page
			.getByRole('row', { name: /麦克风/ })
			.getByRole('button')
			.click();
		await panel(admin)
			.getByRole('region', { name: word('tickets_evidence') })
			.waitFor();
		await expectAccessible(page, 'a ticket');
	});

	it('S5.2b an administrator takes it and says what was done; the clerk sees it, and opens it again', async () => {
		const { page } = admin;
		await page
			.getByRole('row', { name: /打印机/ })
			.getByRole('button')
			.click();
		await button(panel(admin), 'tickets_take').click();
		await ownTickets().getByText(word('tickets_state_working')).waitFor();
		await button(panel(admin), 'tickets_solve').click();
		const solving = page.getByRole('dialog');
		await solving.getByRole('textbox').fill('更换了搓纸轮');
		await button(solving, 'tickets_solve_do').click();
		await panel(admin).getByText(word('tickets_event_solved'), { exact: true }).first().waitFor();

		await ownTickets()
			.getByRole('link', { name: word('tickets_all') })
			.click();
		await clerk.page.getByText(word('tickets_state_solved'), { exact: true }).click();
		await clerk.page
			.getByRole('row', { name: /打印机/ })
			.getByRole('button')
			.click();
		await panel(clerk).getByText('更换了搓纸轮').first().waitFor();
		await button(panel(clerk), 'tickets_reopen').click();
		const reopening = clerk.page.getByRole('dialog');
		await reopening.getByRole('textbox').fill('还是卡纸');
		await button(reopening, 'tickets_reopen_do').click();
		await panel(admin).getByText('还是卡纸').waitFor();
		expect([...clerk.errors, ...admin.errors]).toEqual([]);
	});
});
