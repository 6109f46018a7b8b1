/// <reference lib="dom" />
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { freePorts, newMediaNode, type TestNode } from '../platform/newMediaNode.ts';
import { UdpRelay } from '../platform/UdpRelay.ts';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

const NODE = '127.0.0.1';
/** Where the browser believes the node to be. */
const ANNOUNCED = '127.0.0.2';
const SLOWLY = { timeout: 60_000, interval: 100 };

let media: TestNode;
let relay: UdpRelay;
let line: CuttableLine;
let pages: MediaPages;
beforeAll(async () => {
	const mediaPort = await freePorts(2);
	[media, pages] = await Promise.all([
		newMediaNode({
			config: { mediaPort, announcedAddresses: [ANNOUNCED] },
			// No missed ping tells the page.
			limits: { pingMs: 120_000 },
		}),
		startMediaPages(),
	]);
	relay = await UdpRelay.at(ANNOUNCED, { host: NODE, port: media.node.pool.describe()[0]?.rtcPort ?? 0 });
	line = await CuttableLine.to(media.signalUrl);
});
afterAll(async () => {
	await pages.close();
	await media.close();
	relay.close();
	line.close();
});

const framesSince = (page: Page, since: number) =>
	page.evaluate(
		(time) => globalThis.mediaPage.frames.filter(({ receivedAt }) => receivedAt > time).length,
		since,
	);

test('F29 M-24 the PC gets another address in mid-call and nobody says so: frames both ways, without a click', async () => {
	const roomId = newId();
	const [moving, other] = await Promise.all([pages.open(), pages.open()]);
	for (const [page, url] of [
		[moving, line.url],
		[other, media.signalUrl],
	] as const) {
		const admission = media.grants.admission(url, { roomId });
		await page.evaluate(async (one) => {
			await globalThis.mediaPage.client.connect(one);
			await globalThis.mediaPage.publish('camera');
		}, admission);
	}
	const both = [moving, other];
	for (const page of both) await expect.poll(() => framesSince(page, 0), SLOWLY).toBeGreaterThan(60);
	const connections = () => moving.evaluate(() => globalThis.connections.length);
	const before = await connections();
	line.strand();
	relay.strand();
	const strandedAt = Date.now();
	for (const page of both) {
		await expect.poll(() => framesSince(page, strandedAt + 300), SLOWLY).toBeGreaterThan(5);
	}
	const state = () => moving.evaluate(() => globalThis.mediaPage.state.connection);
	await expect.poll(state, SLOWLY).toBe('connected');
	// The same line goes on: nothing was published or received anew.
	expect(await connections()).toBe(before);
	await Promise.all(both.map((page) => page.close()));
});
