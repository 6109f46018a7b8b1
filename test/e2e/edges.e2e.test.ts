import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOn } from '../cases/caseFixtures.ts';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { framesDecoded, watch } from '../platform/watching.ts';
import { answer, approverOf, callAgain, callHangzhou, clerkOf, hangUp } from './call.ts';
import { atDesk, newTab, type Person } from './people.ts';

const SLOW = { timeout: 60_000, interval: 250 };

describe('what may happen around a call', () => {
	let product: Product;
	let line: CuttableLine;
	let clerk: Person;
	let bare: Person;
	let address = '';

	beforeAll(async () => {
		product = await Product.start();
		line = await CuttableLine.to(product.url);
		clerk = await atDesk({ url: line.url }, clerkOf(product));
		bare = await atDesk(product, approverOf(product), { devices: false });
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), bare.pc.shutDown()]);
		line.close();
		await product.stop();
	});

	it('V2 declining asks for a reason, which the caller reads', async () => {
		await callHangzhou(clerk, '请看股东会决议');
		await bare.page.getByRole('alertdialog').first().waitFor();
		await bare.page.keyboard.press('F9');
		const dialog = bare.page.getByRole('dialog');
		await dialog.getByText('正在处理急件').click();
		await dialog.getByRole('button', { name: /^拒接/ }).click();
		await clerk.page.getByText('正在处理急件').first().waitFor();
		await clerk.page
			.getByRole('link', { name: '返回办件' })
			.or(clerk.page.getByRole('button', { name: '返回办件' }))
			.first()
			.click();
		await clerk.page.waitForURL(/\/cases\//);
	});

	it('V4 a PC without camera and microphone joins, sees and hears, and is told how to mend it', async () => {
		address = await callAgain(clerk);
		await answer(bare);
		await expect.poll(async () => (await watch(bare.page)).videos.length, SLOW).toBeGreaterThan(0);
		await expect.poll(async () => (await watch(bare.page)).audioEnergy, SLOW).toBeGreaterThan(0);
		await bare.page.getByText('没有找到麦克风').first().waitFor();
	});

	it('V3 a socket that is cut for five seconds loses nothing, and the media go on', async () => {
		const caseId = /cases\/([0-9a-f-]{36})/.exec(address)?.[1] ?? '';
		const colleague = new TestClient(product.url);
		const { name, password } = product.signIn('杭州', 'clerk');
		await colleague.signIn(name, password);
		line.cut();
		await clerk.page.getByText('与中心服务器断开').first().waitFor();
		const before = await framesDecoded(bare.page);
		await writeOn(colleague, caseId, '断线期间看过证件');
		await setTimeout(5_000);
		expect(await framesDecoded(bare.page)).toBeGreaterThan(before);
		line.mend();
		await clerk.page.getByText('与中心服务器断开').first().waitFor({ state: 'hidden' });
		await clerk.page.getByRole('tab', { name: '时间线' }).click();
		await clerk.page.getByText('断线期间看过证件').first().waitFor();
	});

	it('V3 a second tab says that the call is elsewhere and takes it over', async () => {
		const second = await newTab(clerk.pc, { url: line.url }, clerkOf(product), { window: false });
		await second.page.getByText('在另一页面通话中').first().waitFor();
		await second.page.getByText('在另一页面通话中').first().click();
		await second.page.getByRole('button', { name: '在此接管' }).first().click();
		await second.page.waitForURL(/\/call\//);
		await clerk.page.getByText('在另一页面通话中').first().waitFor();
		const before = await framesDecoded(bare.page);
		await expect.poll(async () => framesDecoded(bare.page), SLOW).toBeGreaterThan(before + 5);
		await hangUp(second);
		await second.page.close({ runBeforeUnload: false });
	});
	it('V2 whoever has two tabs, both made ready by the ringing, answers in either', async () => {
		const other = await newTab(bare.pc, product, approverOf(product), { window: false });
		await clerk.page.goto(address);
		await callAgain(clerk);
		const rings = other.page.getByRole('alertdialog').first();
		await rings.waitFor();
		await bare.page.getByRole('alertdialog').first().waitFor();
		// The later lobby has put the earlier one out; nobody is told, and nobody should need to be.
		await setTimeout(1_000);
		await answer(bare);
		await rings.waitFor({ state: 'hidden' });
		const before = await framesDecoded(bare.page);
		await expect.poll(async () => framesDecoded(bare.page), SLOW).toBeGreaterThan(before + 5);
		await other.page.getByText('在另一页面通话中').first().waitFor();
		await hangUp(clerk);
		await other.page.close({ runBeforeUnload: false });
	});

	it('X2 two people in two tabs of one browser do not disturb each other', async () => {
		const other = await newTab(clerk.pc, { url: line.url }, product.signIn('嘉兴', 'clerk'), {
			window: false,
		});
		await clerk.page.goto(line.url);
		await Promise.all([clerk.page.reload(), other.page.reload()]);
		await clerk.page.getByText('松江专窗').first().waitFor();
		await other.page.getByText('嘉兴专窗').first().waitFor();
		await other.page.close();
	});
});
