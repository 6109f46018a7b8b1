/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, approverOf, callAgain, callHangzhou, clerkOf } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';

/** Only ends what hangs, however busy the machine is. */
const SLOW = { timeout: 60_000, interval: 250 };

/** How much later than what a command is answered with its event comes, ms. */
const LATE_MS = 1_500;
/** From now on the page hears of events late: they come another way than answers do, and may. */
function hearLate(late: number): void {
	const { prototype } = WebSocket;
	const own = Object.getOwnPropertyDescriptor(prototype, 'onmessage');
	Object.defineProperty(prototype, 'onmessage', {
		...own,
		set(this: WebSocket, heard: (event: MessageEvent) => void) {
			own?.set?.call(this, (event: MessageEvent) => {
				const isLate = typeof event.data === 'string' && event.data.includes('"timeline:');
				if (isLate) setTimeout(() => heard.call(this, event), late);
				else heard.call(this, event);
			});
		},
	});
}

describe('V5 V7 a review in two browsers, by keyboard, over two calls', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;

	const row = ({ page }: Pick<Person, 'page'>, no: number) => page.locator(`li[data-no="${no}"]`);
	const standing = (person: Person, no: number) => row(person, no).getAttribute('data-standing');

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product), { lines: 1080 });
		approver = await atDesk(product, approverOf(product));
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	it('V7 what the approver calls up stands at the window in large print', async () => {
		await callHangzhou(clerk);
		await answer(approver);
		await row(approver, 1).waitFor();
		await approver.page.keyboard.press('j');
		await clerk.page.getByLabel('镜头下').getByText('变更申请书').first().waitFor();
		await clerk.page.getByText('对方要看这份').waitFor();
	});

	it('V5 V7 合格 takes a still by itself, and both sides see it filed under its material', async () => {
		await approver.page.getByText(/×/).first().waitFor();
		await approver.page.keyboard.press('y');
		await approver.page.getByText('照片 1 张').waitFor();
		await clerk.page.getByText('照片 1 张').waitFor();
		for (const person of [clerk, approver]) {
			await expect.poll(() => standing(person, 1), SLOW).toBe('pass');
			await row(person, 1).getByText('照片 1').waitFor();
		}
	});

	it('V7 需补正 with a frequent reason, one of its own and what to bring is at the window at once', async () => {
		await approver.page.keyboard.press('j');
		await clerk.page.getByLabel('镜头下').getByText('任免文件').first().waitFor();
		await approver.page.keyboard.press('x');
		// The reasons are in focus, and what is chosen stays so.
		const frequent = row(approver, 2).getByRole('button', { name: '召开日期未填写' });
		const isInFocus = () => frequent.evaluate((element) => element === document.activeElement);
		await expect.poll(isInFocus, SLOW).toBe(true);
		await approver.page.keyboard.press('Space');
		await row(approver, 2).getByRole('button', { name: '召开日期未填写', pressed: true }).waitFor();
		expect(await isInFocus()).toBe(true);
		await row(approver, 2).getByPlaceholder('另写一条原因').fill('第二页缺少骑缝章');
		await approver.page.keyboard.press('Enter');
		await row(approver, 2).getByPlaceholder('请申请人带什么来').fill('补填日期并盖章的决议原件');
		await approver.page.keyboard.press('Tab');
		const reasons = row(clerk, 2).getByText('召开日期未填写、第二页缺少骑缝章');
		await reasons.waitFor();
		await row(clerk, 2).getByText('请携带：补填日期并盖章的决议原件').waitFor();
		await row(clerk, 2).getByRole('button', { name: '原件加一' }).click();
		await row(approver, 2).getByText('原件 1').first().waitFor();
	});

	it('V7 what is marked and counted in steps keeps the steps before, however late their events come', async () => {
		await approver.page.addInitScript(hearLate, LATE_MS);
		await approver.page.reload();
		const own = row(approver, 2);
		await expect.poll(() => standing(approver, 2), SLOW).toBe('fix');
		await own.getByPlaceholder('另写一条原因').fill('缺少骑缝页码');
		await approver.page.keyboard.press('Enter');
		const chosen = own.getByRole('button', { name: '缺少骑缝页码', pressed: true });
		await chosen.waitFor();
		// Acknowledged by now, and its event has not come.
		await approver.page.waitForTimeout(LATE_MS / 3);
		await own.getByRole('button', { name: '复印件加一' }).click();
		await chosen.click();
		await approver.page.waitForTimeout(LATE_MS / 3);
		await own.getByPlaceholder('请申请人带什么来').fill('补填日期并盖章的决议原件两份');
		await approver.page.keyboard.press('Tab');
		await own.getByRole('button', { name: '复印件加一' }).click();
		await row(clerk, 2).getByText('请携带：补填日期并盖章的决议原件两份').waitFor();
		await row(clerk, 2)
			.getByText('召开日期未填写、第二页缺少骑缝章', { exact: true })
			.or(row(clerk, 2).getByText(/^召开日期未填写、第二页缺少骑缝章\s*请携带/))
			.first()
			.waitFor();
		await row(clerk, 2).getByText('复印件 2').first().waitFor();
	});

	it('V7 closing the page in the middle loses no mark', async () => {
		await approver.page.reload();
		await expect.poll(() => standing(approver, 1), SLOW).toBe('pass');
		await expect.poll(() => standing(approver, 2), SLOW).toBe('fix');
	});

	it('V5 a still is opened on the stage, and L goes back to the live picture', async () => {
		await approver.page.getByRole('button', { name: /打开照片：材料 1/ }).click();
		await expect
			.poll(
				() =>
					approver.page.evaluate(
						() => document.querySelector<HTMLImageElement>('.paper > img')?.naturalWidth ?? 0,
					),
				SLOW,
			)
			.toBeGreaterThanOrEqual(1920);
		await approver.page.keyboard.press('l');
		await expect.poll(() => approver.page.locator('.paper > img').count(), SLOW).toBe(0);
	});

	it('V7 S6.3.2a the conclusion shows the notice first; it is printed at the window and read on a phone without a sign-in', async () => {
		await approver.page.keyboard.press('Control+Enter');
		const dialog = approver.page.getByRole('dialog', { name: '作出审查结论' });
		await dialog.getByText('召开日期未填写；第二页缺少骑缝章').waitFor();
		await approver.page.keyboard.press('Control+Enter');
		await clerk.page.getByRole('button', { name: '打印告知书' }).waitFor();
		const popup = clerk.page.waitForEvent('popup');
		await clerk.page.getByRole('button', { name: '打印告知书' }).click();
		await expect.poll(async () => (await popup).url(), SLOW).toMatch(/^blob:/);
		await (await popup).close();
		await clerk.page.getByRole('button', { name: '手机查看' }).click();
		const link = clerk.page.getByRole('link', { name: '在新标签页打开' });
		const href = await link.getAttribute('href');
		await clerk.page.keyboard.press('Escape');
		const phone = await clerk.pc.context.browser()?.newContext();
		const page = await (phone ?? clerk.pc.context).newPage();
		await page.goto(`${product.url}${href ?? ''}`);
		await page.getByText('召开日期未填写').waitFor();
		expect(await page.getByText(/澄砚|何清/).count()).toBe(0);
		await page.close();
	});

	it('V7 the next round says what was asked, and passes', async () => {
		await clerk.page.getByRole('link', { name: '返回办件' }).click();
		await clerk.page.waitForURL(/\/cases\//);
		await clerk.page.getByText('SJ-', { exact: false }).first().waitFor();
		await approver.page.getByRole('link', { name: '返回办件' }).click();
		await approver.page.goto(product.url);
		await callAgain(clerk);
		await answer(approver);
		await row(approver, 2).getByRole('button').first().click();
		await row(approver, 2).getByText('第 1 轮要求：召开日期未填写、第二页缺少骑缝章').waitFor();
		await expect.poll(() => standing(approver, 1), SLOW).toBe('pass');
		await expect.poll(() => standing(approver, 2), SLOW).toBe('open');
		await approver.page.keyboard.press('y');
		await expect.poll(() => standing(clerk, 2), SLOW).toBe('pass');
		// What was not called up does not lie there: no still of another paper is filed under it.
		await row(approver, 3).getByText('合格', { exact: true }).click();
		await expect.poll(() => standing(clerk, 3), SLOW).toBe('pass');
		await clerk.page.getByLabel('镜头下').getByText('新法定代表人身份证明').first().waitFor();
		expect(await row(approver, 3).getByText('照片').count()).toBe(0);
		await approver.page.keyboard.press('Control+Enter');
		const dialog = approver.page.getByRole('dialog', { name: '作出审查结论' });
		await dialog.getByText('通过', { exact: true }).click();
		await approver.page.keyboard.press('Control+Enter');
		await clerk.page.getByRole('link', { name: '返回办件' }).click();
		await clerk.page.getByText('第 2 轮').first().waitFor();
		await clerk.page.getByText('审查通过').first().waitFor();
	});

	it('V7 the timeline shows a review as one entry that opens', async () => {
		const log = clerk.page.getByRole('log');
		const entries = log.getByRole('button', { name: /^展开/ });
		await entries.first().waitFor();
		expect(await log.getByText('第 1 项：合格').count()).toBe(0);
		await entries.last().click();
		await log.getByText('第 1 项：合格').waitFor();
		expect(clerk.errors).toEqual([]);
		expect(approver.errors).toEqual([]);
	});
});
