/// <reference lib="dom" />
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NarrowLine } from '../platform/NarrowLine.ts';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

const RELAY = '127.0.0.3';

let media: TestNode;
let pages: MediaPages;
let line: NarrowLine;
beforeAll(async () => {
	[media, pages] = await Promise.all([
		newMediaNode({ config: { announcedAddresses: [RELAY] } }),
		startMediaPages(),
	]);
	line = await NarrowLine.open(RELAY, media.node.rtcPorts[0] ?? 0);
});
afterAll(async () => {
	await pages.close();
	await media.close();
	line.close();
});

const SLOWLY = { timeout: 40_000, interval: 250 };
const connect = (page: Page, admission: MediaAdmission) =>
	page.evaluate((one) => globalThis.mediaPage.client.connect(one), admission);
const strained = (page: Page) =>
	page.evaluate(
		() => globalThis.mediaPage.state.streams.find(({ source }) => source === 'document')?.strained,
	);
const budget = (page: Page) =>
	page.evaluate(() => globalThis.mediaPage.state.local.find(({ source }) => source === 'document')?.budget);
/** Pictures of the papers whose packets came in the last five seconds. */
const recent = (page: Page) =>
	page.evaluate(() => {
		const since = Date.now() - 5_000;
		return globalThis.mediaPage.frames.filter((one) => one.source === 'document' && one.receivedAt > since)
			.length;
	});

test('F23 of a line that carries too little both sides are told, and that it does again', async () => {
	const roomId = newId();
	const [clerk, approver] = await Promise.all([pages.open(), pages.open()]);
	await connect(clerk, media.grants.admission(media.signalUrl, { roomId }));
	await clerk.evaluate(async () => {
		await Promise.all([globalThis.mediaPage.publish('document'), globalThis.mediaPage.publish('microphone')]);
	});
	await connect(approver, media.grants.admission(media.signalUrl, { roomId }));
	await expect.poll(() => recent(approver), SLOWLY).toBeGreaterThan(0);
	expect([await strained(approver), await budget(clerk)]).toEqual([false, null]);

	line.rate = 100_000;
	await expect.poll(() => strained(approver), SLOWLY).toBe(true);
	await expect.poll(() => budget(clerk), SLOWLY).toBeLessThan(3_000_000);

	line.rate = Infinity;
	await expect.poll(() => strained(approver), SLOWLY).toBe(false);
	await expect.poll(() => budget(clerk), SLOWLY).toBe(null);
	await expect.poll(() => recent(approver), SLOWLY).toBeGreaterThan(0);
	await Promise.all([clerk.close(), approver.close()]);
});
