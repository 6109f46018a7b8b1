import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../platform/Product.ts';
import { framesDecoded, watch } from '../platform/watching.ts';
import { askForCorrection } from './call.ts';
import { atDesk, type Person } from './people.ts';

/** Flows on a machine with two cores and two browsers take their time; the limits only end what hangs. */
const SLOW = { timeout: 60_000, interval: 250 };

describe('the main job, in two browsers of two cities', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, product.signIn('松江', 'clerk'), { lines: 1080 });
		approver = await atDesk(product, product.signIn('杭州', 'approver'));
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	it('S6.3.2 a clerk opens a case; a wrong check digit is named and nothing typed is lost', async () => {
		const { page } = clerk;
		await page
			.getByRole('link', { name: '新建办件' })
			.or(page.getByRole('button', { name: '新建办件' }))
			.first()
			.click();
		await page.getByLabel('企业名称').fill('杭州澄砚精密仪器有限公司');
		await page.getByLabel('统一社会信用代码').fill('91330100MA0000023Q');
		await page.getByText('应为 P').waitFor();
		await page.getByLabel('统一社会信用代码').fill('91330100ma0000023p');
		await page.getByLabel('姓名').fill('何清');
		await page.getByLabel('公民身份号码').fill('310117190001010012');
		await page.getByLabel('联系电话').fill('13800000000');
		await page
			.getByLabel('输入序号或名称筛选')
			.or(page.getByPlaceholder('输入序号或名称筛选'))
			.first()
			.fill('法定代表人变更');
		await page.getByText('内资有限公司法定代表人变更').first().click();
		await page
			.getByLabel('许可地专窗')
			.selectOption({ label: '杭州专窗' })
			.catch(async () => {
				await page.getByLabel('许可地专窗').click();
				await page.getByRole('option', { name: /杭州/ }).click();
			});
		expect(await page.getByLabel('企业名称').inputValue()).toBe('杭州澄砚精密仪器有限公司');
		await page.keyboard.press('Control+Enter');
		await page.waitForURL(/\/cases\/[0-9a-f-]{36}/);
		await page.getByText('310117********0012').waitFor();
		expect(await page.getByText('310117190001010012').count()).toBe(0);
	});

	it('V1 V2 V4 the call rings with who and what; answering shows and sends two-way media, papers at full resolution', async () => {
		await clerk.page.keyboard.press('F4');
		await clerk.page.getByLabel(/留言/).fill('股东会决议的日期空着，请看是否要重出');
		await clerk.page.getByRole('button', { name: /^呼叫杭州/ }).click();
		const ring = approver.page.getByRole('alertdialog');
		await ring.getByText('松江专窗').first().waitFor();
		await ring.getByText('杭州澄砚精密仪器有限公司').waitFor();
		await approver.page.keyboard.press('F2');
		await approver.page.waitForURL(/\/call\//);
		await expect
			.poll(async () => (await watch(approver.page)).videos.some(({ width }) => width >= 1920), SLOW)
			.toBe(true);
		for (const { page } of [clerk, approver]) {
			await expect
				.poll(async () => (await watch(page)).videos.filter(({ frames }) => frames > 5).length, SLOW)
				.toBeGreaterThanOrEqual(2);
			await expect.poll(async () => (await watch(page)).audioEnergy, SLOW).toBeGreaterThan(0);
			const { ciphers } = await watch(page);
			expect(ciphers.length).toBeGreaterThan(0);
			for (const cipher of ciphers) expect(cipher).toMatch(/GCM/);
		}
	});

	it('V3 reloading the page in mid-call returns to the same call', async () => {
		await approver.page.reload();
		await expect.poll(async () => framesDecoded(approver.page), SLOW).toBeGreaterThan(5);
		const before = await framesDecoded(clerk.page);
		await expect.poll(async () => framesDecoded(clerk.page), SLOW).toBeGreaterThan(before + 5);
	});

	it('V3 the worker dies and the media node dies: new frames on both sides without a click', async () => {
		for (const victim of ['mediasoup-worker', 'media-server/src/main.ts']) {
			await product.kill(victim);
			const before = await Promise.all([clerk, approver].map(({ page }) => framesDecoded(page)));
			for (const [i, { page }] of [clerk, approver].entries()) {
				await expect
					.poll(async () => {
						const now = await framesDecoded(page);
						return now !== before[i] && now > 5;
					}, SLOW)
					.toBe(true);
			}
		}
	});

	it('V3 the hub is killed and comes back; the media never stops', async () => {
		await product.kill('hub-server/src/main.ts');
		const before = await framesDecoded(clerk.page);
		await expect.poll(async () => framesDecoded(clerk.page), SLOW).toBeGreaterThan(before + 5);
		await approver.page.getByText('与中心服务器断开').first().waitFor({ state: 'hidden' });
	});

	it('V10 the permit side asks for a correction; both sides see it, and the timeline holds every step', async () => {
		await askForCorrection(approver, '首段会议召开日期空白，请补填并加盖公章');
		await clerk.page.getByText('首段会议召开日期空白，请补填并加盖公章').first().waitFor();
		await clerk.page
			.getByRole('button', { name: '返回办件' })
			.or(clerk.page.getByRole('link', { name: '返回办件' }))
			.first()
			.click();
		await clerk.page.waitForURL(/\/cases\//);
		await clerk.page.getByText('待补正').first().waitFor();
		const log = clerk.page.getByRole('log');
		await log.getByText('首段会议召开日期空白，请补填并加盖公章').first().waitFor();
		expect(clerk.errors).toEqual([]);
		expect(approver.errors).toEqual([]);
	});
});
