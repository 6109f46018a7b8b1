/// <reference lib="dom" />
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

const SLOWLY = { timeout: 30_000, interval: 100 };
const connect = (page: Page, admission: MediaAdmission) =>
	page.evaluate((one) => globalThis.mediaPage.client.connect(one), admission);
const publish = (page: Page) =>
	page.evaluate(async () => {
		await Promise.all([globalThis.mediaPage.publish('camera'), globalThis.mediaPage.publish('document')]);
	});
/** Codecs of what flows, the one of the camera's layers once. */
const sent = (page: Page) =>
	page.evaluate(async () => {
		const layers = (await globalThis.mediaPage.sentLayers()).filter(({ frames }) => frames > 0);
		return [...new Set(layers.map(({ codec }) => codec))].toSorted();
	});
const painted = (page: Page, since: number) =>
	page.evaluate(
		(time) =>
			globalThis.mediaPage.frames.filter((one) => one.source === 'document' && one.receivedAt > time).length,
		since,
	);
/** A browser from before AV1: neither sends nor reads it. */
const forgetAv1 = (page: Page) =>
	page.evaluate(() => {
		const { prototype } = RTCPeerConnection;
		type Make = (this: RTCPeerConnection) => Promise<RTCSessionDescriptionInit>;
		const make = Object.getOwnPropertyDescriptor(prototype, 'createOffer')?.value as Make;
		const makeWithout: Make = async function () {
			for (const transceiver of this.getTransceivers()) {
				if (transceiver.receiver.track.kind !== 'video' || transceiver.currentDirection !== null) continue;
				const { codecs } = RTCRtpReceiver.getCapabilities('video') ?? { codecs: [] };
				transceiver.setCodecPreferences(codecs.filter(({ mimeType }) => mimeType !== 'video/AV1'));
			}
			return await make.call(this);
		};
		Reflect.set(prototype, 'createOffer', makeWithout);
	});

test('V4 papers are sent in AV1, faces in VP8; for whoever cannot read AV1 the papers are sent anew', async () => {
	const roomId = newId();
	const admission = () => media.grants.admission(media.signalUrl, { roomId });
	const [clerk, approver] = await Promise.all([pages.open(), pages.open()]);
	await connect(clerk, admission());
	await publish(clerk);
	await connect(approver, admission());
	await expect.poll(() => painted(approver, 0), SLOWLY).toBeGreaterThan(0);
	expect(await sent(clerk)).toEqual(['video/AV1', 'video/VP8']);

	const older = await pages.open();
	await forgetAv1(older);
	await connect(older, admission());
	await expect.poll(() => painted(older, 0), SLOWLY).toBeGreaterThan(0);
	expect(await sent(clerk)).toEqual(['video/VP8']);
	const now = Date.now();
	await expect.poll(() => painted(approver, now), SLOWLY).toBeGreaterThan(0);
	await Promise.all([clerk.close(), approver.close(), older.close()]);
});

test('V4 a browser that cannot send AV1 sends papers in VP8', async () => {
	const roomId = newId();
	const admission = () => media.grants.admission(media.signalUrl, { roomId });
	const [older, approver] = await Promise.all([pages.open(), pages.open()]);
	await forgetAv1(older);
	await connect(older, admission());
	await publish(older);
	await connect(approver, admission());
	await expect.poll(() => painted(approver, 0), SLOWLY).toBeGreaterThan(0);
	expect(await sent(older)).toEqual(['video/VP8']);
	await Promise.all([older.close(), approver.close()]);
});
