/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	freePorts,
	newMediaNode,
	spawnMediaNode,
	TestGrants,
	type TestNode,
} from '../platform/newMediaNode.ts';
import { newProxy } from '../platform/processes.ts';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

let media: TestNode;
let pages: MediaPages;
beforeAll(async () => {
	[media, pages] = await Promise.all([newMediaNode(), startMediaPages()]);
});
afterAll(() => Promise.all([media.close(), pages.close()]));

const SLOWLY = { timeout: 60_000, interval: 100 };
const connect = (page: Page, admission: MediaAdmission) =>
	page.evaluate((one) => globalThis.mediaPage.client.connect(one), admission);
const publish = (page: Page, ...kinds: ('camera' | 'microphone' | 'document')[]) =>
	page.evaluate(async (all) => {
		await Promise.all(all.map((kind) => globalThis.mediaPage.publish(kind)));
	}, kinds);
const connection = (page: Page) => page.evaluate(() => globalThis.mediaPage.state.connection);
const newFrames = (page: Page, since: number) =>
	page.evaluate(
		(time) =>
			[
				...new Set(
					globalThis.mediaPage.frames.filter((one) => one.receivedAt > time).map((one) => one.source),
				),
			].sort(),
		since,
	);
const widest = (page: Page, source: string) =>
	page.evaluate(
		(wanted) =>
			Math.max(
				0,
				...globalThis.mediaPage.frames
					.filter((one) => one.source === wanted)
					.slice(-5)
					.map((one) => one.width),
			),
		source,
	);

test('V4 camera in three layers and the document at full resolution, under AES-GCM; what nobody watches is not sent', async () => {
	const roomId = newId();
	const [sender, viewer] = await Promise.all([pages.open(), pages.open()]);
	await connect(sender, media.grants.admission(media.signalUrl, { roomId }));
	await publish(sender, 'camera', 'microphone', 'document');
	await connect(viewer, media.grants.admission(media.signalUrl, { roomId }));
	await expect.poll(() => newFrames(viewer, 0), SLOWLY).toEqual(['camera', 'document']);
	await expect.poll(() => widest(viewer, 'document'), SLOWLY).toBe(3840);
	await expect.poll(() => widest(viewer, 'camera'), SLOWLY).toBe(1280);
	expect(await sender.evaluate(() => globalThis.mediaPage.srtpCiphers())).toEqual([
		expect.stringMatching(/AEAD_AES_(256|128)_GCM$/),
	]);

	const layers = () => sender.evaluate(() => globalThis.mediaPage.sentLayers());
	expect((await layers()).filter(({ frames }) => frames > 0)).toHaveLength(4);
	const camera = await viewer.evaluate(
		() => globalThis.mediaPage.state.streams.find(({ source }) => source === 'camera')?.id ?? '',
	);
	await viewer.evaluate((id) => globalThis.mediaPage.client.want(id, 'low'), camera);
	await expect.poll(() => widest(viewer, 'camera'), SLOWLY).toBe(320);
	const wanted = (source: string) =>
		sender.evaluate(
			(name) => globalThis.mediaPage.state.local.find((one) => one.source === name)?.wanted,
			source,
		);
	await expect.poll(() => wanted('camera'), SLOWLY).toBe(0);
	const before = await layers();
	await expect
		.poll(async () => (await layers()).find(({ rid }) => rid === 'r0')?.frames, SLOWLY)
		.toBeGreaterThan((before.find(({ rid }) => rid === 'r0')?.frames ?? 0) + 20);
	const after = await layers();
	for (const rid of ['r1', 'r2']) {
		const grown =
			(after.find((one) => one.rid === rid)?.frames ?? 0) -
			(before.find((one) => one.rid === rid)?.frames ?? 0);
		expect(grown).toBeLessThan(5);
	}
	await viewer.evaluate((id) => globalThis.mediaPage.client.want(id, 'high'), camera);
	await expect.poll(() => widest(viewer, 'camera'), SLOWLY).toBe(1280);
	const quality = await viewer.evaluate(() => globalThis.mediaPage.quality());
	expect(quality.level).toBeGreaterThan(0);
	expect(quality.streams.map(({ width }) => width)).toContain(3840);
	await Promise.all([sender.close(), viewer.close()]);
});

test('M-6 what was prepared in the lobby starts with the member grant, and both sides see each other', async () => {
	const roomId = newId();
	const participantId = randomUUID();
	const [caller, callee] = await Promise.all([pages.open(), pages.open()]);
	await connect(caller, media.grants.admission(media.signalUrl, { roomId }));
	await publish(caller, 'camera');
	await connect(callee, media.grants.admission(media.signalUrl, { roomId, participantId, stage: 'lobby' }));
	await callee.evaluate(() => globalThis.mediaPage.client.prepared());
	await publish(callee, 'camera');
	await expect.poll(() => callee.evaluate(() => globalThis.mediaPage.state.streams.length)).toBe(1);
	await new Promise((settle) => setTimeout(settle, 500));
	expect(await newFrames(callee, 0)).toEqual([]);
	expect(await newFrames(caller, 0)).toEqual([]);
	const answered = media.grants.admission(media.signalUrl, { roomId, participantId, grantVersion: 2 });
	await callee.evaluate((given) => globalThis.mediaPage.client.promote(given), answered);
	await expect.poll(() => newFrames(callee, 0), SLOWLY).toEqual(['camera']);
	await expect.poll(() => newFrames(caller, 0), SLOWLY).toEqual(['camera']);
	await Promise.all([caller.close(), callee.close()]);
});

test('M-10 a killed worker gives new frames on both sides without a click', async () => {
	const roomId = newId();
	const [one, two] = await Promise.all([pages.open(), pages.open()]);
	await Promise.all(
		[one, two].map(async (page) => {
			await connect(page, media.grants.admission(media.signalUrl, { roomId }));
			await publish(page, 'camera');
		}),
	);
	for (const page of [one, two]) await expect.poll(() => newFrames(page, 0), SLOWLY).toEqual(['camera']);
	const [worker] = media.node.pool.describe();
	process.kill(worker?.pid ?? 0, 'SIGKILL');
	const killedAt = Date.now();
	for (const page of [one, two]) {
		await expect.poll(() => newFrames(page, killedAt + 20), SLOWLY).toEqual(['camera']);
		await expect.poll(() => connection(page)).toBe('connected');
	}
	await Promise.all([one.close(), two.close()]);
});

test('M-16 a cut socket is resumed and the media goes on meanwhile', async () => {
	const roomId = newId();
	const [one, two] = await Promise.all([pages.open(), pages.open()]);
	await Promise.all(
		[one, two].map(async (page) => {
			await connect(page, media.grants.admission(media.signalUrl, { roomId }));
			await publish(page, 'camera');
		}),
	);
	for (const page of [one, two]) await expect.poll(() => newFrames(page, 0), SLOWLY).toEqual(['camera']);
	const tracks = () => two.evaluate(() => globalThis.mediaPage.state.streams.map(({ track }) => track.id));
	const before = await tracks();
	await two.evaluate(() => {
		for (const line of globalThis.lines) line.close();
	});
	await expect
		.poll(() => two.evaluate(() => globalThis.mediaPage.connectionLog.slice(-2)), SLOWLY)
		.toEqual(['reconnecting', 'connected']);
	expect(await tracks()).toEqual(before);
	const resumedAt = Date.now();
	await expect.poll(() => newFrames(two, resumedAt), SLOWLY).toEqual(['camera']);
	await Promise.all([one.close(), two.close()]);
});

test('M-9 a killed node that is started again gives new frames on both sides, with an expired token too', async () => {
	const grants = new TestGrants();
	const [signalPort, mediaPort] = [await freePorts(1), await freePorts(2)];
	const env = { MEDIA_SIGNAL_PORT: String(signalPort), MEDIA_PORT: String(mediaPort) };
	const first = await spawnMediaNode(grants, env);
	const roomId = newId();
	const people = [randomUUID(), randomUUID()];
	const both = await Promise.all(
		people.map(async (participantId, index) => {
			// The hub has no node for a moment, either.
			let refusals = 3;
			const fresh = () => {
				if (refusals-- > 0) throw new Error('CALL-5008');
				return grants.admission(first.signalUrl, { roomId, participantId });
			};
			const page = await pages.open(fresh);
			// The second one's token will have expired when the node comes back.
			const expiresInSeconds = index === 1 ? 1 - 5 + 1 : 120;
			await connect(page, grants.admission(first.signalUrl, { roomId, participantId, expiresInSeconds }));
			await publish(page, 'camera');
			return page;
		}),
	);
	for (const page of both) await expect.poll(() => newFrames(page, 0), SLOWLY).toEqual(['camera']);
	await new Promise((settle) => setTimeout(settle, 3000));
	first.child.kill('SIGKILL');
	const killedAt = Date.now();
	const second = await spawnMediaNode(grants, env);
	expect(second.signalUrl).toBe(first.signalUrl);
	for (const page of both) {
		await expect.poll(() => newFrames(page, killedAt + 20), SLOWLY).toEqual(['camera']);
		await expect.poll(() => connection(page)).toBe('connected');
	}
	// Not before: each sees the other.
	await Promise.all(both.map((page) => page.close()));
	expect(await second.stop()).toBe(0);
});

test('A8 F28 through a proxy that answers every Upgrade with 400, frames come all the same', async () => {
	const roomId = newId();
	const proxied = await newProxy(media.signalUrl, { upgrade: '400' });
	const [sender, viewer] = await Promise.all([pages.open(), pages.open()]);
	await connect(sender, media.grants.admission(proxied, { roomId }));
	await publish(sender, 'camera', 'microphone');
	await connect(viewer, media.grants.admission(proxied, { roomId }));
	await expect.poll(() => newFrames(viewer, 0), SLOWLY).toEqual(['camera']);
});

test('M-8 a second page takes over and the first one says so', async () => {
	const terms = { roomId: newId(), participantId: randomUUID() };
	const [first, second] = await Promise.all([pages.open(), pages.open()]);
	await connect(first, media.grants.admission(media.signalUrl, terms));
	await connect(second, media.grants.admission(media.signalUrl, terms));
	await expect.poll(() => connection(first)).toBe('superseded');
	await expect.poll(() => connection(second)).toBe('connected');
	await Promise.all([first.close(), second.close()]);
});
