/// <reference lib="dom" />
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARK_LIMITS } from '@counter-hub/shared/annotations/marks.ts';
import { answer, approverOf, callHangzhou, clerkOf } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { installPaperLab } from '../papers/paperLab.ts';
import { Product } from '../platform/Product.ts';
import { TestClient } from '../platform/TestClient.ts';
import { draw, erase, marksOf } from './marking.ts';

const SOON = { timeout: 45_000, interval: 100 };

const layer = (page: Page) => page.getByTestId('marks');
const marks = (page: Page) => page.locator('[data-mark]');
const tool = (page: Page, name: RegExp) => page.getByRole('toolbar').getByRole('button', { name });

/** Where a place of the picture, in shares of it as it appears, is on the screen. */
async function at(page: Page, x: number, y: number): Promise<[number, number]> {
	const box = await layer(page).boundingBox();
	if (!box) throw new Error('there is no picture');
	return [box.x + box.width * x, box.y + box.height * y];
}
async function drag(page: Page, from: [number, number], to: [number, number], release = true) {
	await page.mouse.move(...(await at(page, ...from)));
	await page.mouse.down();
	await page.mouse.move(...(await at(page, ...to)), { steps: 8 });
	if (release) await page.mouse.up();
}
/** Two fingers come down one after the other, go apart and leave again. */
async function spread(page: Page) {
	const cdp = await page.context().newCDPSession(page);
	const [left, y] = await at(page, 0.3, 0.3);
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: number[]) =>
		cdp.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: places.map((right, id) => ({ x: left + right, y, id })),
		});
	await touch('touchStart', 0);
	await touch('touchMove', 10);
	await touch('touchStart', 10, 60);
	await touch('touchMove', 10, 160);
	await touch('touchEnd');
	await cdp.detach();
}
/** The middle of something on the picture, in shares of the picture as it appears. */
async function middle(page: Page, of: Locator): Promise<[number, number]> {
	const [picture, own] = [await layer(page).boundingBox(), await of.boundingBox()];
	if (!picture || !own) throw new Error('it is not shown');
	return [
		(own.x + own.width / 2 - picture.x) / picture.width,
		(own.y + own.height / 2 - picture.y) / picture.height,
	];
}
const expectNear = ([x, y]: [number, number], [wantedX, wantedY]: [number, number]) => {
	expect(x).toBeCloseTo(wantedX, 2);
	expect(y).toBeCloseTo(wantedY, 2);
};

describe('pointing and marking in a call', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	let caseId: string;

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product), { width: 1180, height: 900 });
		approver = await atDesk(product, approverOf(product));
		// A sheet that lies still for as long as nobody moves it.
		await clerk.page.addInitScript(installPaperLab, { width: 1920, height: 1080 });
		await clerk.page.reload();
		const address = await callHangzhou(clerk);
		caseId = new URL(address).pathname.split('/').at(-1) ?? '';
		await answer(approver);
		await approver.page.locator('video[data-source=document][data-own=false]').waitFor();
		for (const { page } of [approver, clerk])
			await page.getByRole('button', { name: '方框', disabled: false }).waitFor();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	it('V6 a box on the live paper appears at the same place of the other side’s picture, of another size and turned', async () => {
		await approver.page.keyboard.press('R');
		await drag(approver.page, [0.4, 0.3], [0.6, 0.4]);
		await expect.poll(() => marks(approver.page).count(), SOON).toBe(1);
		await expect.poll(() => marks(clerk.page).count(), SOON).toBe(1);
		const line = (page: Page) => marks(page).locator('.line').first();
		expectNear(await middle(approver.page, line(approver.page)), [0.5, 0.35]);
		expectNear(await middle(clerk.page, line(clerk.page)), [0.5, 0.35]);
		// Turned clockwise by a quarter: what was at the left is above.
		await clerk.page.keyboard.press('Shift+R');
		await expect.poll(() => middle(clerk.page, line(clerk.page)).then(([x]) => x), SOON).toBeCloseTo(0.65, 2);
		expectNear(await middle(clerk.page, line(clerk.page)), [0.65, 0.5]);
		// Its line is as wide as before, also when the picture is zoomed.
		await approver.page.keyboard.press('+');
		expect(await line(approver.page).getAttribute('stroke-width')).toBe('3');
		await approver.page.keyboard.press('0');
	});

	it('V6 who points has a name and a colour, both ways, and is gone when he leaves', async () => {
		for (const [one, other, name, x, y] of [
			[approver, clerk, '许文', 0.25, 0.7],
			[clerk, approver, '陈静', 0.3, 0.25],
		] as const) {
			await one.page.keyboard.press('V');
			await one.page.mouse.move(...(await at(one.page, x, y)));
			const pointer = other.page.getByTestId('pointer').filter({ hasText: name });
			await pointer.waitFor();
			expect(await pointer.getAttribute('class')).toContain(one === approver ? 'permit' : 'receiving');
			// The one who points sees it, too.
			await one.page.getByTestId('pointer').filter({ hasText: name }).waitFor();
			await one.page.mouse.move(5, 5);
			await expect.poll(() => pointer.count(), SOON).toBe(0);
			await one.page.keyboard.press('Escape');
			expect(await tool(one.page, /移动画面/).getAttribute('aria-pressed')).toBe('true');
		}
		// Esc leaves a tool, never the call.
		await approver.page.keyboard.press('Escape');
		await clerk.page.getByRole('button', { name: /挂断/ }).waitFor();
		for (let i = 0; i < 3; i++) await clerk.page.keyboard.press('Shift+R');
	});

	it('V6 a stroke is seen while it is drawn, is kept when it ends, and is undone and drawn again', async () => {
		await clerk.page.keyboard.press('P');
		await drag(clerk.page, [0.2, 0.6], [0.45, 0.65], false);
		const ink = approver.page.locator('[data-ink]');
		await ink.waitFor();
		expectNear(await middle(approver.page, ink), [0.325, 0.625]);
		await clerk.page.mouse.up();
		await expect.poll(() => marks(approver.page).count(), SOON).toBe(2);
		await expect.poll(() => ink.count(), SOON).toBe(0);
		await clerk.page.keyboard.press('Control+Z');
		await expect.poll(() => marks(approver.page).count(), SOON).toBe(1);
		await clerk.page.keyboard.press('Control+Shift+Z');
		await expect.poll(() => marks(approver.page).count(), SOON).toBe(2);
		// Two fingers look closer, and draw nothing.
		const { width = 0 } = (await layer(clerk.page).boundingBox()) ?? {};
		await spread(clerk.page);
		await expect
			.poll(async () => (await layer(clerk.page).boundingBox())?.width, SOON)
			.toBeGreaterThan(2 * width);
		await clerk.page.keyboard.press('0');
		expect(await marks(clerk.page).count()).toBe(2);
	});

	it('V6 X1 by keyboard alone: arrows move the cursor, Enter sets the points', async () => {
		await approver.page.mouse.move(5, 5);
		await approver.page.keyboard.press('A');
		for (let i = 0; i < 4; i++) await approver.page.keyboard.press('ArrowUp');
		await approver.page.getByTestId('key-cursor').waitFor();
		await approver.page.keyboard.press('Enter');
		for (let i = 0; i < 5; i++) await approver.page.keyboard.press('ArrowRight');
		await approver.page.keyboard.press('Enter');
		const arrow = clerk.page.locator('[data-tool=arrow]');
		await arrow.waitFor();
		// Four steps of 16 pixels above the middle.
		const high = (await layer(approver.page).boundingBox())?.height ?? 1;
		expect((await middle(clerk.page, arrow))[1]).toBeCloseTo(0.5 - 64 / high, 2);
		// A second one is begun and dropped.
		await approver.page.keyboard.press('Enter');
		await approver.page.keyboard.press('Escape');
		await approver.page.keyboard.press('Escape');
		expect(await tool(approver.page, /移动画面/).getAttribute('aria-pressed')).toBe('true');
		expect(await arrow.count()).toBe(1);
	});

	it('V6 T-11 words stand where they were written, with the writer’s name at the other side, and no personal numbers', async () => {
		const { page } = approver;
		await page.keyboard.press('T');
		await page.mouse.click(...(await at(page, 0.55, 0.6)));
		const input = page.getByRole('textbox', { name: '写几个字' });
		await input.fill('经办人 310117190001010012');
		await page.keyboard.press('Enter');
		await page.getByText('不能写身份证号、手机号').waitFor();
		await input.fill('盖章处');
		await page.keyboard.press('Enter');
		await clerk.page.getByText('许文：盖章处').waitFor();
		await page.getByText('盖章处', { exact: true }).first().waitFor();
		// A box with words: framed first.
		await drag(page, [0.6, 0.75], [0.75, 0.85]);
		await input.waitFor();
		await page.keyboard.type('请补填');
		await page.keyboard.press('Enter');
		await clerk.page.getByText('许文：请补填').waitFor();
		// Letters went into the field and chose no tool.
		expect(await tool(page, /写字/).getAttribute('aria-pressed')).toBe('true');
	});

	it('V6 the eraser takes one’s own; the permit side’s takes any', async () => {
		const before = await marks(clerk.page).count();
		await clerk.page.keyboard.press('E');
		await clerk.page.mouse.click(...(await at(clerk.page, 0.4, 0.35)));
		await clerk.page.keyboard.press('H');
		await approver.page.keyboard.press('E');
		// The clerk's stroke, at its beginning.
		await approver.page.mouse.click(...(await at(approver.page, 0.2, 0.6)));
		await expect.poll(() => marks(clerk.page).count(), SOON).toBe(before - 1);
		expect(await clerk.page.locator('[data-tool=pen]').count()).toBe(0);
		expect(await clerk.page.locator('[data-tool=box]').count()).toBe(2);
		await approver.page.keyboard.press('H');
	});

	it('V6 marks on the live paper fade at both sides when it is moved, and stay in the list', async () => {
		expect(await marks(clerk.page).count()).toBeGreaterThan(0);
		await clerk.page.evaluate(() => globalThis.paperLab.lay(60, 0));
		for (const { page } of [clerk, approver]) await expect.poll(() => marks(page).count(), SOON).toBe(0);
		await approver.page.getByRole('tab', { name: '标注' }).click();
		await approver.page
			.getByText(/已移开/)
			.first()
			.waitFor();
	});

	it('V5 V6 on a still marks stay: with their hash, after a reload the same, for both sides, and they print', async () => {
		const { page } = approver;
		await page.keyboard.press('S');
		const still = page.getByRole('button', { name: /^打开照片/ }).first();
		await still.click();
		await expect.poll(() => marks(page).count(), SOON).toBe(0);
		await page.getByRole('img', { name: /材料/ }).first().waitFor();
		await page.keyboard.press('R');
		await drag(page, [0.3, 0.3], [0.5, 0.5]);
		await expect.poll(() => marks(page).count(), SOON).toBe(1);
		await page.getByRole('tab', { name: '标注' }).click();
		const hash = page.getByText(/标注 [0-9a-f]{8}，与存证一致/);
		await hash.waitFor();
		const said = await hash.innerText();
		const box = await middle(page, marks(page).first());

		await page.reload();
		await page
			.getByRole('button', { name: /^打开照片/ })
			.first()
			.click();
		await expect.poll(() => marks(page).count(), SOON).toBe(1);
		expectNear(await middle(page, marks(page).first()), box);
		await page.getByRole('tab', { name: '标注' }).click();
		await hash.waitFor();
		expect(await hash.innerText()).toBe(said);
		// On the other side, by the list.
		await clerk.page.getByRole('tab', { name: '标注' }).click();
		await clerk.page.getByRole('tabpanel').getByRole('button', { name: /^照片/ }).first().click();
		await expect.poll(() => marks(clerk.page).count(), SOON).toBe(1);
		expectNear(await middle(clerk.page, marks(clerk.page).first()), box);
		await clerk.page.getByText(said).waitFor();

		await page.evaluate(() => {
			window.print = () => {
				const sheet = document.querySelector<HTMLElement>('.print-sheet');
				document.documentElement.dataset['printed'] =
					`${sheet?.querySelectorAll('img').length ?? 0} ${sheet?.textContent ?? ''}`;
			};
		});
		await page.getByRole('button', { name: '打印' }).click();
		const printed = () => page.evaluate(() => document.documentElement.dataset['printed'] ?? '');
		await expect.poll(printed, SOON).toMatch(/^2 .*SHA-256 [0-9a-f]{64}.*标注 SHA-256 [0-9a-f]{64}/s);
	});

	it('V6 a mark that is refused stays to be seen as not saved, and is saved when there is room', async () => {
		const api = new TestClient(product.url);
		const { name, password } = approverOf(product);
		await api.signIn(name, password);
		const socket = await api.socket();
		const known = (await marksOf(api, caseId)).marks;
		// The still on the approver's stage; a live paper may be moved meanwhile, and be another one.
		const onStill = known.filter((one) => one.on.kind === 'still');
		const { on, sessionId } = onStill[0]!;
		const more = MARK_LIMITS.perSubject - onStill.length;
		const drawn = await Promise.all(
			Array.from({ length: more }, () => draw({ socket }, { caseId, sessionId, on })),
		);
		await approver.page.keyboard.press('R');
		await drag(approver.page, [0.1, 0.1], [0.2, 0.2]);
		const tag = approver.page.getByText('1 处标注未保存');
		await tag.waitFor();
		expect(await approver.page.locator('[data-mark] .unsaved').count()).toBe(1);
		const gone = drawn.slice(0, 90);
		await Promise.all(gone.map(({ markId }) => erase({ socket }, { caseId, sessionId, markId })));
		socket.close();
		await approver.page.getByRole('button', { name: '重试' }).first().click();
		await expect.poll(() => tag.count(), SOON).toBe(0);
		await expect
			.poll(async () => (await marksOf(api, caseId)).marks.length, SOON)
			.toBe(known.length + more - gone.length + 1);
		await approver.page.keyboard.press('H');
	});

	it('V6 the timeline tells of the marks in one entry', async () => {
		await approver.page.getByRole('tab', { name: '时间线' }).click();
		await approver.page
			.getByText(/标注 \d+ 处/)
			.first()
			.waitFor();
		expect(approver.errors).toEqual([]);
		expect(clerk.errors).toEqual([]);
	});
});
