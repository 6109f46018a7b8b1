import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pc } from '../platform/browser.ts';
import { Product } from '../platform/Product.ts';
import { answer, approverOf, callHangzhou, clerkOf, hangUp } from './call.ts';
import { newTab, type Person } from './people.ts';

declare global {
	var clockIsAhead: number;
}

/** Puts the PC's clock wrong by so many milliseconds; it may be put wrong otherwise later. */
function wrongClock(ahead: number): void {
	const RealDate = Date;
	globalThis.clockIsAhead = ahead;
	const now = () => RealDate.now() + globalThis.clockIsAhead;
	globalThis.Date = class extends RealDate {
		constructor(...given: [] | [string | number]) {
			if (given.length === 0) super(now());
			else super(...given);
		}
		static override now = now;
	} as DateConstructor;
}

async function atWrongPc(
	product: Product,
	who: Parameters<typeof newTab>[2],
	ahead: number,
): Promise<Person> {
	const pc = await Pc.boot();
	await pc.context.addInitScript(wrongClock, ahead);
	return { pc, ...(await newTab(pc, product, who)) };
}

/** What the clock of the page shows, in seconds. */
async function seconds(page: Page): Promise<number> {
	const text = await page.getByRole('timer').first().innerText();
	const [minutes = NaN, rest = NaN] = text.trim().split(':').map(Number);
	return minutes * 60 + rest;
}

const MINUTES = 60_000;
/** Machines may be slow; three minutes they are not. */
const SOON_S = 60;

describe('clocks', () => {
	let product: Product;
	beforeAll(async () => {
		product = await Product.start();
	}, 300_000);
	afterAll(() => product.stop());

	it.each([
		['ahead', 3 * MINUTES],
		['behind', -3 * MINUTES],
	])(
		'F17 a PC three minutes %s, whose clock jumps in a call: waiting and call count from nought',
		async (_, ahead) => {
			const clerk = await atWrongPc(product, clerkOf(product), ahead);
			const approver = await atWrongPc(product, approverOf(product), ahead);
			try {
				const pressed = performance.now();
				await callHangzhou(clerk);
				const waiting = await seconds(clerk.page);
				expect(waiting).toBeLessThanOrEqual((performance.now() - pressed) / 1000 + 1);
				await approver.page.getByRole('alertdialog').first().waitFor();
				const ring = await approver.page.getByRole('alertdialog').first().innerText();
				expect(Number(/(\d+) 秒/.exec(ring)?.[1])).toBeLessThan(SOON_S);
				await answer(approver);
				await clerk.page.getByText('通话中').first().waitFor();
				for (const { page } of [clerk, approver]) expect(await seconds(page)).toBeLessThan(SOON_S);
				for (const jump of [10 * MINUTES, -10 * MINUTES]) {
					for (const { page } of [clerk, approver]) {
						await page.evaluate((by) => (globalThis.clockIsAhead += by), jump);
						const before = await seconds(page);
						await expect.poll(() => seconds(page)).toBeGreaterThan(before);
						expect(await seconds(page)).toBeLessThan(before + SOON_S);
					}
				}
				await hangUp(clerk);
				expect([...clerk.errors, ...approver.errors]).toEqual([]);
			} finally {
				await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
			}
		},
	);
});
