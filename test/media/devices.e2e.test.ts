/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

let pages: MediaPages;
let page: Page;
beforeAll(async () => {
	pages = await startMediaPages();
});
afterEach(() => page.close());
beforeEach(async () => {
	page = await pages.open();
});
afterAll(() => pages.close());

const open = () => page.evaluate(() => globalThis.mediaPage.devices.state.open);

test('V4 no camera opens unasked: listing devices opens nothing', async () => {
	await page.evaluate(() => globalThis.mediaPage.devices.start());
	expect(await page.evaluate(() => globalThis.mediaPage.devices.state.cameras.length)).toBe(3);
	expect(await open()).toEqual({ camera: false, microphone: false, document: false });
});

test('V4 each lease has a clone of its own, and the last one released closes the camera', async () => {
	const result = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		const [one, two] = await Promise.all([devices.lease('camera'), devices.lease('camera')]);
		const different = one.track !== two.track;
		one.release();
		const afterFirst = [devices.state.open.camera, two.track?.readyState];
		two.release();
		return { different, afterFirst, afterLast: devices.state.open.camera };
	});
	expect(result).toEqual({ different: true, afterFirst: [true, 'live'], afterLast: false });
});

test('V4 the document camera is another device than the person’s, at full resolution, for detail', async () => {
	const result = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		const [camera, document] = await Promise.all([devices.lease('camera'), devices.lease('document')]);
		const id = (track: MediaStreamTrack | null) => track?.getSettings().deviceId;
		return {
			same: id(camera.track) === id(document.track),
			width: document.track?.getSettings().width,
			hint: document.track?.contentHint,
		};
	});
	expect(result).toEqual({ same: false, width: 3840, hint: 'detail' });
});

test('V4 choosing another camera is remembered on this PC and hands every lease a new track', async () => {
	const result = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		await devices.start();
		const given: (MediaStreamTrack | null)[] = [];
		const lease = await devices.lease('camera', (track) => given.push(track));
		const before = lease.track;
		const wanted = devices.state.cameras[2]?.id ?? '';
		await devices.choose('camera', wanted);
		return {
			calls: given.length,
			ended: before?.readyState,
			uses: lease.track?.getSettings().deviceId === wanted,
			stored: (localStorage.getItem('counter-hub.devices') ?? '').includes(wanted),
		};
	});
	expect(result).toEqual({ calls: 1, ended: 'ended', uses: true, stored: true });
});

test('V4 a picture from a file or the test picture stands in for a document camera', async () => {
	const widths = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		await devices.useTestPicture();
		const lease = await devices.lease('document');
		const first = lease.track?.getSettings().width;
		const canvas = new OffscreenCanvas(800, 600);
		canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
		await devices.useDocumentFile(
			new File([await canvas.convertToBlob()], 'form.png', { type: 'image/png' }),
		);
		return [first, lease.track?.getSettings().width];
	});
	expect(widths).toEqual([3840, 800]);
});

test('V4 a file that is no picture, and a refused permission, are coded errors that say how to go on', async () => {
	const codes = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		const codeOf = async (work: Promise<unknown>) => {
			try {
				await work;
				return 'none';
			} catch (error) {
				return error instanceof Error && 'code' in error ? error.code : String(error);
			}
		};
		await devices.useDocumentFile(new File(['no picture'], 'note.txt'));
		const unreadable = await codeOf(devices.lease('document'));
		const refusing = () => Promise.reject(new DOMException('', 'NotAllowedError'));
		Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: refusing });
		const refused = await codeOf(devices.lease('camera'));
		Object.defineProperty(navigator, 'mediaDevices', { value: undefined, configurable: true });
		return {
			unreadable,
			refused,
			insecure: await codeOf(devices.lease('microphone')),
			problems: devices.state.problems,
		};
	});
	expect(codes).toEqual({
		unreadable: 'DEV-1006',
		refused: 'DEV-1003',
		insecure: 'DEV-1005',
		problems: { document: 'DEV-1006', camera: 'DEV-1003', microphone: 'DEV-1005' },
	});
});

test('V4 a PC with one camera has no document camera, and is told so', async () => {
	const code = await page.evaluate(async () => {
		const { devices } = globalThis.mediaPage;
		const all = await navigator.mediaDevices.enumerateDevices();
		const few = all
			.filter(({ kind }) => kind !== 'videoinput')
			.concat(all.filter(({ kind }) => kind === 'videoinput').slice(0, 1));
		Object.defineProperty(navigator.mediaDevices, 'enumerateDevices', { value: () => Promise.resolve(few) });
		await devices.lease('document').catch(() => undefined);
		return devices.state.problems.document;
	});
	expect(code).toBe('DEV-1001');
});
