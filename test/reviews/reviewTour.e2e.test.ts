import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approverOf, clerkOf, openHangzhou } from '../e2e/call.ts';
import { atDesk, type Person } from '../e2e/people.ts';
import { Product } from '../platform/Product.ts';
import { ReviewTour } from './reviewTour.ts';

const REASON = '第二页缺少骑缝章';
const BRING = '加盖骑缝章的任免文件原件';

describe('V4 V5 V6 V7 V8 V13 V14 papers under a camera, reviewed over two rounds', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;
	let tour: ReviewTour;
	let notice = '';
	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		tour = new ReviewTour({ product, clerk, approver });
		await openHangzhou(clerk);
		await tour.prepare();
		await tour.call();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	it(
		'V14 V7 the paper that was called up is crisp, and passes with a still',
		() => tour.passFirst(),
		300_000,
	);
	it(
		'V5 V6 V7 a still is marked, and its material is to be corrected',
		() => tour.correctSecond(REASON, BRING),
		300_000,
	);
	it('V13 a licence of another enterprise is found by reading it', () => tour.findMismatch(5), 300_000);
	it('V8 the form is filled while the approver looks on', () => tour.fillForm(), 300_000);
	it('V7 the notice says what was marked, also on a phone without a sign-in', async () => {
		notice = await tour.requireCorrection(REASON);
		const { page } = await clerk.pc.open(notice);
		await page.getByText(REASON).waitFor();
		await page.getByText(BRING).waitFor();
		await page.close();
	}, 300_000);
	it('V7 the second round begins with what was asked, and passes', async () => {
		await tour.passSecondRound(REASON);
		const { page } = await clerk.pc.open(notice);
		await page.getByText('材料已经补正并审查合格').waitFor();
		expect([...clerk.errors, ...approver.errors]).toEqual([]);
	}, 300_000);
});
