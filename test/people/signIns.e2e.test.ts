import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, approverOf, callHangzhou, clerkOf } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { newProxy } from '../platform/processes.ts';
import { Product } from '../platform/Product.ts';
import { framesDecoded } from '../platform/watching.ts';

const SLOW = { timeout: 60_000, interval: 250 };

describe('signed in while lines, tabs and proxies do what they like', () => {
	let product: Product;
	let line: CuttableLine;
	let clerk: Person;
	let approver: Person;
	let refreshes = 0;

	beforeAll(async () => {
		product = await Product.start();
		line = await CuttableLine.to(product.url);
		clerk = await atDesk({ url: line.url }, clerkOf(product));
		approver = await atDesk(product, approverOf(product), { devices: false });
		clerk.page.on('request', (request) => (refreshes += request.url().endsWith('/auth/refresh') ? 1 : 0));
		// The renewal of the ninth minute comes every four seconds.
		await clerk.page.addInitScript(() => {
			const later = window.setTimeout.bind(window);
			window.setTimeout = ((work: () => void, ms?: number) =>
				later(work, ms === 540_000 ? 4_000 : ms)) as typeof window.setTimeout;
		});
		await clerk.page.reload();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		line.close();
		await product.stop();
	});

	it('A5 F18 in a call: the answer of a refresh is lost, the line is away for 12 s; signed in, and the call goes on', async () => {
		await callHangzhou(clerk);
		await answer(approver);
		await expect.poll(() => framesDecoded(approver.page), SLOW).toBeGreaterThan(10);
		const asked = refreshes;
		line.loseAnswers();
		await expect.poll(() => refreshes, SLOW).toBeGreaterThan(asked);
		await setTimeout(500);
		line.cut();
		await setTimeout(12_000);
		line.mend();
		const before = refreshes;
		// Renewed again and again: the token that was lost has its successor.
		await expect.poll(() => refreshes, SLOW).toBeGreaterThan(before + 2);
		expect(clerk.page.url()).toContain('/call/');
		await clerk.page.getByRole('button', { name: /挂断/ }).first().waitFor();
		const frames = await framesDecoded(approver.page);
		await expect.poll(() => framesDecoded(approver.page), SLOW).toBeGreaterThan(frames + 5);
	});

	it('F19 F35 a tab duplicated in mid-call asks before signing out ends the call, and the other tab says what happened', async () => {
		const kept = await clerk.page.evaluate(() => Object.entries(sessionStorage));
		const copy = await clerk.pc.context.newPage();
		await copy.addInitScript(
			(entries) => {
				if (sessionStorage.length === 0)
					for (const [key, value] of entries) sessionStorage.setItem(key, value);
			},
			kept as [string, string][],
		);
		await copy.goto(line.url);
		await copy.getByText('在另一页面通话中').first().waitFor();
		await copy.getByRole('button', { name: /个人菜单/ }).click();
		await copy.getByRole('menuitem', { name: '退出登录' }).click();
		const question = copy.getByRole('dialog', { name: '正在通话中，退出登录？' });
		await question.waitFor();
		await question.getByRole('button', { name: '挂断并退出' }).click();
		await copy.waitForURL(/\/sign-in/);
		await clerk.page.waitForURL(/\/sign-in/);
		await clerk.page.getByText('你已在同一登录的另一标签页退出').waitFor();
		await approver.page
			.getByText(/已挂断|通话已结束|返回办件/)
			.first()
			.waitFor();
		await copy.close();
	});

	it('A8 F28 behind a proxy that answers every Upgrade with 400 the page works by polling and says so', async () => {
		const url = await newProxy(product.url, { upgrade: '400' });
		const person = await atDesk({ url }, product.signIn('嘉兴', 'clerk'));
		await person.page.getByText('轮询连接').first().waitFor();
		await person.page.getByText('网络代理不放行 WebSocket').waitFor();
		await person.pc.shutDown();
	});
});
