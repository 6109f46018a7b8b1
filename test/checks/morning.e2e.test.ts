import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { answer, approverOf, callHangzhou, clerkOf, hangUp } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';

const SLOW = { timeout: 90_000, interval: 250 };
const [SONGJIANG, HANGZHOU] = ['310117', '330100'] as const;

describe('S7.1b L1 L2 L3 the morning of two counters', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	const people: Person[] = [];

	beforeAll(async () => {
		product = await Product.start({}, ['--nodes', '2']);
		// Fake cameras give ten pictures a second; that is enough for these two cities.
		const administrator = await signedIn('administrator');
		// What a busy machine and fake cameras give is enough here: whether it arrives is looked at, not how well.
		const lenient = { warn: 30_000, fail: 40_000 };
		const limits: LinkLimits = {
			framesPerSecond: { warn: 1, fail: 0 },
			lossPercent: { warn: 90, fail: 95 },
			roundTripMs: lenient,
			jitterMs: lenient,
			firstPictureMs: lenient,
		};
		for (const city of [SONGJIANG, HANGZHOU])
			await administrator.put(`/cities/${city}/link-limits`, { commandId: randomUUID(), limits });
		// Whatever weekday it is.
		const today = shanghaiDate(Date.now());
		const exception = { spans: [{ from: '00:00', to: '24:00' }], reason: '全天开放' };
		for (const { code } of CITIES)
			await administrator.put(`/counters/${seededCounterId(code)}/hours/exceptions/${today}`, {
				commandId: randomUUID(),
				version: 0,
				exception,
			});
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		people.push(clerk, approver);
	}, 300_000);
	afterAll(async () => {
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
		await product.stop();
	});

	async function signedIn(role: string): Promise<TestClient> {
		const who = product.signIns.find((one) => one.role === role);
		const client = new TestClient(product.url);
		await client.signIn(who?.name ?? '', who?.password ?? '');
		return client;
	}
	async function begin({ page }: Person) {
		await page.getByRole('navigation').getByRole('link', { name: '开班检查' }).click();
		await page.getByRole('button', { name: /开始检查/ }).click();
	}
	const item = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
	const row = (page: Page, city: string) => page.getByRole('row', { name: new RegExp(`^${city}`) });

	it('L1 L2 cameras, microphone and the way to the own node are measured by themselves', async () => {
		await begin(clerk);
		const { page } = clerk;
		await item(page, '摄像头')
			.getByText(/^1280×720 · \d+ 帧/)
			.waitFor();
		await item(page, '麦克风').getByText('有声音').waitFor();
		await page.getByText('2 松江媒体节点').waitFor();
		const node = page.getByRole('region', { name: '2 松江媒体节点' });
		await expect.poll(() => node.getByText('可用').count(), SLOW).toBe(2);
		await node.getByText(/Mbit\/s/).waitFor();
		await page.getByText('必检项已达标').waitFor();
		// Nobody else is there yet, and nobody needs to sit and wait.
		await row(page, '杭州').getByText('等待对方').first().waitFor();
		await page.getByText(/还有 8 城未上线/).waitFor();
	}, 180_000);

	it('S5.2b what no browser sees is looked at and ticked off', async () => {
		const { page } = clerk;
		await item(page, '桌柜印章').getByRole('button', { name: '都在位，已清点' }).click();
		await item(page, '桌柜印章').getByText('达标').waitFor();
		await item(page, '扫码枪').getByRole('button', { name: '显示二维码' }).click();
		const dialog = page.getByRole('dialog', { name: '用扫码枪扫这个码' });
		await dialog.getByRole('img').waitFor();
		await dialog.getByRole('textbox').fill('CH00000000');
		await dialog.getByText('读出的内容不对').waitFor();
		await dialog.getByRole('button', { name: '读不出' }).click();
		await item(page, '扫码枪').getByText('不合格').waitFor();
		await item(page, '扬声器').getByRole('button', { name: '试听' }).click();
		await item(page, '扬声器').getByRole('button', { name: '没听到' }).click();
		await item(page, '扬声器').getByText('不合格').waitFor();
	});

	it('L3 as soon as the other city is checked, the two measure each other, whatever page is open', async () => {
		await clerk.page.getByRole('link', { name: '去工作台' }).click();
		await begin(approver);
		await expect.poll(() => row(approver.page, '松江').getByText('通过').count(), SLOW).toBe(3);
		await clerk.page.getByRole('navigation').getByRole('link', { name: '开班检查' }).click();
		await expect.poll(() => row(clerk.page, '杭州').getByText('通过').count(), SLOW).toBe(3);
		const matrix = linkMatrix.parse(await (await signedIn('supervisor')).get('/links/matrix'));
		for (const [from, to] of [
			[SONGJIANG, HANGZHOU],
			[HANGZHOU, SONGJIANG],
		] as const satisfies [CityCode, CityCode][]) {
			const [link] = matrix.cells.find((cell) => cell.from === from && cell.to === to)?.counters ?? [];
			const { picture, sound, roundTripMs, path } = link?.measured ?? {};
			expect(picture?.frames).toBeGreaterThan(0);
			expect(picture?.contrast).toBeGreaterThan(3);
			expect(picture?.motion).toBeGreaterThan(0);
			expect(sound?.level).toBeGreaterThan(-60);
			expect(roundTripMs).toBeGreaterThan(0);
			expect(path).toBe('udp');
			expect(link?.path).toHaveLength(2);
		}
	}, 180_000);

	it('L3 a call comes before every measurement; a measurement that was asked for is made up for after it', async () => {
		await clerk.page.getByRole('navigation').getByRole('link', { name: '工作台' }).click();
		await callHangzhou(clerk);
		await answer(approver);
		const { page } = approver;
		await page.locator('video').first().waitFor();
		const client = await signedIn('supervisor');
		const before = linkMatrix.parse(await client.get('/links/matrix'));
		expect(before.cities.filter(({ ready }) => ready > 0)).toEqual([]);
		await hangUp(clerk);
		await expect
			.poll(async () => {
				const { cities } = linkMatrix.parse(await client.get('/links/matrix'));
				return cities.filter(({ ready }) => ready > 0).map(({ cityCode }) => cityCode);
			}, SLOW)
			.toEqual([SONGJIANG, HANGZHOU]);
	}, 120_000);
});
