/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

let media: TestNode;
let pages: MediaPages;
beforeAll(async () => {
	[media, pages] = await Promise.all([newMediaNode(), startMediaPages()]);
});
afterAll(() => Promise.all([media.close(), pages.close()]));
const connect = (page: Page, admission: MediaAdmission) =>
	page.evaluate((one) => globalThis.mediaPage.client.connect(one), admission);
const SLOWLY = { timeout: 30_000, interval: 100 };

test('F31 a shared tab that does not change is seen by whoever comes, and comes back, at once', async () => {
	const roomId = newId();
	const sharer = await pages.open();
	await connect(sharer, media.grants.admission(media.signalUrl, { roomId }));
	await sharer.evaluate(async () => {
		document.body.append('A tab that does not change');
		const shared = await navigator.mediaDevices.getDisplayMedia({
			video: true,
			...{ preferCurrentTab: true },
		});
		const [track] = shared.getVideoTracks();
		if (!track) throw new Error('no tab');
		track.contentHint = 'detail';
		await globalThis.mediaPage.client.publish('screen', track);
	});
	const participantId = randomUUID();
	for (let reload = 0; reload < 5; reload++) {
		const viewer = await pages.open();
		await connect(viewer, media.grants.admission(media.signalUrl, { roomId, participantId }));
		const id = () => viewer.evaluate(() => globalThis.mediaPage.state.streams[0]?.id ?? '');
		await expect.poll(id, SLOWLY).not.toBe('');
		const stream = await id();
		await viewer.evaluate((one) => globalThis.mediaPage.client.want(one, 'none'), stream);
		// Long enough for the publisher to be told that nobody looks.
		await new Promise((settle) => setTimeout(settle, reload % 2 === 0 ? 1_500 : 50));
		const before = await viewer.evaluate(() => globalThis.mediaPage.frames.length);
		await viewer.evaluate((one) => globalThis.mediaPage.client.want(one, 'high'), stream);
		await expect
			.poll(() => viewer.evaluate(() => globalThis.mediaPage.frames.length), SLOWLY)
			.toBeGreaterThan(before);
		await viewer.close();
	}
	await sharer.close();
});
