/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openCase } from '../cases/caseFixtures.ts';
import { answer, callAgain } from '../e2e/call.ts';
import { nodeOf } from '../platform/nodeOf.ts';
import { atDesk } from '../e2e/people.ts';
import { newHub } from '../platform/newHub.ts';
import { installPaperLab } from './paperLab.ts';

const SLOWLY = { timeout: 60_000, interval: 100 };

/** A clerk with a sheet under the camera, and an approver who looks at it. */
async function inCall() {
	const hub = await newHub();
	const { node } = await nodeOf(hub, 'node-a');
	const [clerkIs, approverIs] = await Promise.all([
		hub.addStaff({ role: 'clerk', city: '310117', onShift: true }),
		hub.addStaff({ role: 'approver', city: '330100', onShift: true }),
	]);
	const api = hub.client();
	await api.signIn(clerkIs.name, clerkIs.password);
	const opened = await openCase(api);
	const [clerk, approver] = await Promise.all([
		atDesk(hub, { city: '松江', role: 'clerk', ...clerkIs }),
		atDesk(hub, { city: '杭州', role: 'approver', ...approverIs }),
	]);
	onTestFinished(async () => {
		await Promise.all([clerk, approver].map(({ pc }) => pc.shutDown()));
	});
	await clerk.page.addInitScript(installPaperLab, { width: 1280, height: 720 });
	await clerk.page.goto(`${hub.url}/cases/${opened.id}`);
	await callAgain(clerk);
	await answer(approver);
	return { node, clerk, approver };
}

const mark = (page: Page, word: '清晰' | '实时') => page.locator('.tag').getByText(word, { exact: true });
const crisp = (page: Page) => page.getByTestId('crisp');
const exact = (page: Page) => page.locator('[data-testid=crisp][data-near="0"]');
const moving = (page: Page) => page.locator('video[data-source=document][data-own=false]');
const lay = (page: Page, right: number) => page.evaluate((x) => globalThis.paperLab.lay(x, 0), right);
const transform = (page: Page) => page.locator('.paper').evaluate((paper) => paper.style.cssText);
/** A hash of the pixels that are shown in place of the moving picture. */
const shownHash = async (page: Page) => {
	const picture = await page.locator('[data-testid=crisp] canvas').evaluate((canvas: HTMLCanvasElement) => {
		const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
		context?.drawImage(canvas, 0, 0);
		let hash = 2_166_136_261;
		const { data = [] } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
		for (const byte of data) hash = Math.imul(hash ^ byte, 16_777_619);
		return (hash >>> 0).toString(16);
	});
	return picture;
};

it('V14 V4 what lies still is shown pixel for pixel, the moving picture is back when it moves, and nothing old is ever shown', async () => {
	const { node, clerk, approver } = await inCall();
	const { page } = approver;
	await mark(page, '实时').or(mark(page, '清晰')).waitFor();
	await exact(page).waitFor(SLOWLY);
	await mark(page, '清晰').waitFor();
	await mark(clerk.page, '清晰').waitFor();
	expect(await shownHash(page)).toBe(await clerk.page.evaluate(() => globalThis.paperLab.hash()));
	// In place of the moving picture; the clerk's own stage shows what it always shows.
	expect(await crisp(page).boundingBox()).toEqual(await moving(page).boundingBox());
	expect(await crisp(clerk.page).count()).toBe(0);

	// The place is kept: when it moves, when it is crisp again, and back from another picture.
	await page.keyboard.press('1');
	await page.keyboard.press('+');
	await page.keyboard.press('ArrowDown');
	const place = await transform(page);
	await lay(clerk.page, 30);
	await mark(page, '实时').waitFor();
	expect(await crisp(page).count()).toBe(0);
	expect(await transform(page)).toBe(place);
	await exact(page).waitFor(SLOWLY);
	expect(await transform(page)).toBe(place);
	expect(await shownHash(page)).toBe(await clerk.page.evaluate(() => globalThis.paperLab.hash()));
	await page.getByRole('radio', { name: '人像' }).click();
	await expect.poll(() => crisp(page).count()).toBe(0);
	await expect.poll(() => transform(page)).not.toBe(place);
	await page.getByRole('radio', { name: '高拍仪' }).first().click();
	await exact(page).waitFor(SLOWLY);
	expect(await transform(page)).toBe(place);

	// Covered, nothing of it is to be seen; uncovered, it becomes crisp anew.
	await clerk.page.keyboard.press('B');
	await page.getByText(/已遮挡材料/).waitFor();
	expect(await crisp(page).count()).toBe(0);
	expect(await mark(page, '清晰').count()).toBe(0);
	await lay(clerk.page, 60);
	await clerk.page.keyboard.press('B');
	await exact(page).waitFor(SLOWLY);
	expect(await shownHash(page)).toBe(await clerk.page.evaluate(() => globalThis.paperLab.hash()));

	// F7: a camera that gives no more pictures shows no still paper.
	await clerk.page.evaluate(() => globalThis.paperLab.freeze(true));
	await expect.poll(() => crisp(page).count(), SLOWLY).toBe(0);
	await page.getByText('的材料没有新画面').waitFor(SLOWLY);
	expect(await mark(page, '清晰').count()).toBe(0);
	await clerk.page.evaluate(() => globalThis.paperLab.freeze(false));
	await exact(page).waitFor(SLOWLY);

	// Whoever comes later gets the frame that lies there.
	await page.reload();
	await exact(page).waitFor(SLOWLY);
	expect(await shownHash(page)).toBe(await clerk.page.evaluate(() => globalThis.paperLab.hash()));
	await clerk.page.reload();
	await expect.poll(() => crisp(page).count(), SLOWLY).toBe(0);
	await exact(page).waitFor(SLOWLY);

	// The worker dies: the room stands on another one, and the paper is crisp there too.
	const killed = node.pool.describe().flatMap(({ pid, spare }) => (spare ? [] : [pid]));
	for (const pid of killed) process.kill(pid, 'SIGKILL');
	await expect
		.poll(() => node.pool.describe().some(({ pid, spare }) => !spare && !killed.includes(pid)), SLOWLY)
		.toBe(true);
	// So quickly that perhaps nobody reads of it; what counts is that pictures come again.
	const pictures = () =>
		moving(page).evaluate((video: HTMLVideoElement) => video.getVideoPlaybackQuality().totalVideoFrames);
	await expect
		.poll(async () => {
			// Pictures of a new track are counted anew.
			const before = await pictures();
			await page.waitForTimeout(1_000);
			return (await pictures()) - before;
		}, SLOWLY)
		.toBeGreaterThan(0);
	await exact(page).waitFor(SLOWLY);
	await lay(clerk.page, 90);
	await expect.poll(() => crisp(page).count(), SLOWLY).toBe(0);
	await exact(page).waitFor(SLOWLY);
	expect(await shownHash(page)).toBe(await clerk.page.evaluate(() => globalThis.paperLab.hash()));

	// The clerk's page is gone without a word.
	await clerk.page.close();
	await expect.poll(() => crisp(page).count(), SLOWLY).toBe(0);
	expect(await mark(page, '清晰').count()).toBe(0);
	expect(await mark(page, '实时').count()).toBe(0);
	expect([...approver.errors, ...clerk.errors]).toEqual([]);
}, 400_000);
