/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import { linkMatrix } from '@counter-hub/shared/links/matrix.ts';
import { ownShift } from '@counter-hub/shared/shifts/shifts.ts';
import { installDeviceLab } from '../media/page/deviceLab.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { answer, approverOf, callHangzhou, clerkOf, hangUp, openHangzhou } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';

/** Of a call that is to be told of: what changes in its first seconds begins the count anew, on a busy machine more than once. */
const HEARD_MS = 30_000;
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
			await administrator.put(`/cities/${city}/link-limits`, { commandId: randomUUID(), version: 0, limits });
		// Whatever weekday it is.
		const today = shanghaiDate(Date.now());
		const exception = { spans: [{ from: '00:00', to: '24:00' }], reason: '全天开放' };
		for (const { code } of CITIES)
			await administrator.put(`/counters/${seededCounterId(code)}/hours/exceptions/${today}`, {
				commandId: randomUUID(),
				version: 0,
				exception,
			});
		clerk = await atDesk(product, clerkOf(product), { shift: false });
		approver = await atDesk(product, approverOf(product), { shift: false });
		people.push(clerk, approver);
	}, 300_000);
	afterAll(async () => {
		await Promise.all(people.map(({ pc }) => pc.shutDown()));
		await product.stop();
	});

	/** @param nth of those with that role, in the city if one is named */
	async function signedIn(role: string, city?: string, nth = 0): Promise<TestClient> {
		const who = product.signIns.filter((one) => one.role === role && (!city || one.city === city))[nth];
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
		await clerk.page.evaluate(installDeviceLab);
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

	it('L1 a camera pulled out in mid-check fails with a word and passes when it is back; a reload loses nothing', async () => {
		const { page } = clerk;
		const camera = item(page, '摄像头');
		await page.evaluate(() => globalThis.deviceLab.pull('fake_device_0'));
		await camera.getByText('不合格').waitFor();
		expect(await item(page, '高拍仪').getByText('不合格').count()).toBe(0);
		await page.evaluate(() => globalThis.deviceLab.plugIn('fake_device_0'));
		// Ten pictures a second are few, and enough to serve.
		await camera.getByText('注意').waitFor();
		await page.reload();
		await page.getByText('必检项已达标').waitFor();
		await page.getByRole('button', { name: '继续检查' }).click();
		await camera.getByText('注意').waitFor();
		await item(page, '麦克风').getByText('有声音').waitFor();
	});

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

	it('L6 S6.1 the shift opens on the check, or with a named reason; before that a call says that nobody is there', async () => {
		const { page } = clerk;
		await page.getByRole('button', { name: '开始当班' }).click();
		const dialog = page.getByRole('dialog', { name: '开始当班' });
		await dialog.getByText(/扬声器不合格；扫码枪不合格|扫码枪不合格；扬声器不合格/).waitFor();
		await dialog.getByRole('button', { name: '说明原因并开始当班' }).click();
		await dialog.getByText('请说明原因').waitFor();
		await dialog.getByRole('button', { name: '设备待修，先行开班' }).click();
		await dialog.getByRole('button', { name: '说明原因并开始当班' }).click();
		await page.getByRole('button', { name: /^当班中/ }).waitFor();

		await page.getByRole('navigation').getByRole('link', { name: '工作台' }).click();
		await openHangzhou(clerk);
		await page.getByRole('button', { name: /请求远程指导/ }).waitFor();
		await page.keyboard.press('F4');
		await page.getByText(/现在无人可接听/).waitFor();
		await page.keyboard.press('Escape');

		// All that was looked at there works: nothing is to be said.
		await approver.page.getByRole('button', { name: '开始当班' }).click();
		const passed = approver.page.getByRole('dialog', { name: '开始当班' });
		await passed.getByText('开班检查已通过。').waitFor();
		await passed.getByRole('button', { name: '开始当班' }).click();
		await approver.page.getByRole('button', { name: /^当班中/ }).waitFor();
	}, 60_000);

	it('L3 K-8 a call comes before every measurement, and tells itself what arrived; both are free for the next after it', async () => {
		await clerk.page.getByRole('navigation').getByRole('link', { name: '工作台' }).click();
		await callHangzhou(clerk);
		await answer(approver);
		const { page } = approver;
		await page.locator('video').first().waitFor();
		const client = await signedIn('supervisor');
		const before = linkMatrix.parse(await client.get('/links/matrix'));
		expect(before.cities.filter(({ ready }) => ready > 0)).toEqual([]);
		// Long enough for the two pages to say something of what arrives.
		await new Promise((resolve) => setTimeout(resolve, HEARD_MS));
		await hangUp(clerk);
		const causes = async () => {
			const { cells } = linkMatrix.parse(await client.get('/links/matrix'));
			return cells.flatMap(({ from, to, state, counters }) =>
				// By UDP or by its substitute: what counts is that it arrived.
				counters.map(({ cause }) => `${from} ${to} ${state === 'warn' ? 'pass' : state} ${cause}`),
			);
		};
		await expect
			.poll(causes, SLOW)
			.toEqual([`${SONGJIANG} ${HANGZHOU} pass call`, `${HANGZHOU} ${SONGJIANG} pass call`]);
		await expect
			.poll(async () => {
				const { cities } = linkMatrix.parse(await client.get('/links/matrix'));
				return cities.filter(({ ready }) => ready > 0).map(({ cityCode }) => cityCode);
			}, SLOW)
			.toEqual([SONGJIANG, HANGZHOU]);
	}, 120_000);

	it('S4.4c S7.1a pause, handover and close: a colleague confirms each thing, and attendance shows the day', async () => {
		const { page } = clerk;
		const menu = () => page.getByRole('button', { name: /^(当班中|暂停|未当班)/ });
		await page.getByRole('navigation').getByRole('link', { name: '工作台' }).click();
		await menu().click();
		await page.getByRole('menuitem', { name: '暂停当班…' }).click();
		const pause = page.getByRole('dialog', { name: '暂停当班' });
		await pause.getByText('会议').click();
		await pause.getByRole('button', { name: '暂停', exact: true }).click();
		await page.getByRole('button', { name: /^暂停 · 会议/ }).waitFor();
		await page.getByRole('button', { name: '继续当班' }).click();
		await page.getByRole('button', { name: /^当班中/ }).waitFor();

		const colleague = await signedIn('clerk', '松江', 1);
		const { displayName } = (await colleague.me()).staff;
		await menu().click();
		await page.getByRole('menuitem', { name: '交接班…' }).click();
		const handover = page.getByRole('dialog', { name: '交接班' });
		await handover.getByLabel('接收人').selectOption({ label: displayName });
		await handover.getByRole('button', { name: '添加印章' }).click();
		await handover.getByLabel('印章 1').fill('业务专用章 01');
		await handover.getByRole('button', { name: /^移交 \d+ 项$/ }).click();
		await handover.getByText(new RegExp(`等待${displayName}逐项确认：0 /`)).waitFor();
		const { offered } = ownShift.parse(await colleague.get('/shifts/own'));
		const [offer] = offered;
		expect(offer?.things.at(-1)?.title).toBe('业务专用章 01');
		for (const { thing } of offer?.things ?? [])
			await colleague.post(`/shifts/${offer?.shift.id}/handover/confirm`, {
				commandId: randomUUID(),
				key: thing.key,
			});
		await handover.getByText(new RegExp(`${displayName}已确认全部`)).waitFor();
		await handover.getByRole('button', { name: '结束当班' }).click();
		const close = page.getByRole('dialog', { name: '结束当班' });
		await close.getByText('没有需要移交的事项。').waitFor();
		await close.getByRole('button', { name: '结束当班' }).click();
		await page.getByRole('button', { name: /^未当班/ }).waitFor();

		await menu().click();
		await page.getByRole('menuitem', { name: '我的考勤' }).click();
		await page.getByRole('row').nth(1).click();
		const day = page.getByRole('dialog');
		await day.getByText(/带问题开班/).waitFor();
		await day.getByLabel('添加说明').fill('上午参加全市培训');
		await day.getByRole('button', { name: '记录说明' }).click();
		await day.getByText('上午参加全市培训').waitFor();
	}, 120_000);
});
