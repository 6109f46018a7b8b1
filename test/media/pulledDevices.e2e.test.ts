/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installDeviceLab } from './page/deviceLab.ts';
import type {} from './page/mediaPage.ts';
import { startMediaPages, type MediaPages } from './page/openMediaPage.ts';

type Kind = 'camera' | 'microphone' | 'document';
/** The third that Chromium makes up is a depth sensor, which nobody can be shown. */
const [A, B, DEPTH] = ['fake_device_0', 'fake_device_2', 'fake_device_1'] as const;
const DEFAULT = 'Fake Default Audio Input';
const HEADSET = 'Fake Audio Input 1';
const SOON = { timeout: 10_000, interval: 50 };

let pages: MediaPages;
let page: Page;
beforeAll(async () => {
	pages = await startMediaPages();
});
beforeEach(async () => {
	page = await pages.open();
	await begin();
});
afterEach(() => page.close());
afterAll(() => pages.close());

async function begin(): Promise<void> {
	await page.evaluate(installDeviceLab);
	await page.evaluate(() => globalThis.mediaPage.devices.start());
}
/** What each role shows, by the device's label; null for nothing. */
const shown = () =>
	page.evaluate(() => {
		const { leases } = globalThis.mediaPage;
		const { cameras, microphones } = globalThis.mediaPage.devices.state;
		const labelOf = (track: MediaStreamTrack | null) => {
			if (track?.readyState !== 'live') return null;
			const { deviceId } = track.getSettings();
			return [...cameras, ...microphones].find(({ id }) => id === deviceId)?.label ?? '?';
		};
		return Object.fromEntries(leases.map(({ kind, track }) => [kind, labelOf(track)]));
	});
const hold = (...kinds: Kind[]) =>
	page.evaluate((wanted) => {
		const { devices, leases } = globalThis.mediaPage;
		for (const kind of wanted) leases.push(devices.hold(kind));
	}, kinds);
const choose = (kind: Kind, label: string) =>
	page.evaluate(
		([role, wanted]) => {
			const { devices } = globalThis.mediaPage;
			const { cameras, microphones } = devices.state;
			const device = [...cameras, ...microphones].find((one) => one.label === wanted);
			return devices.choose(role, device?.id ?? 'none');
		},
		[kind, label] as const,
	);
const state = () => page.evaluate(() => globalThis.mediaPage.devices.state);
const lab = (work: (lab: typeof globalThis.deviceLab) => unknown) =>
	page.evaluate(`(${String(work)})(globalThis.deviceLab)`);
const expectShown = (expected: Partial<Record<Kind, string | null>>) =>
	expect.poll(shown, SOON).toEqual(expected);
const reload = async () => {
	await page.reload();
	await begin();
};

describe('one camera serves one role', () => {
	test('F1 a camera chosen for the papers leaves the person, who gets another one; so after a reload', async () => {
		await hold('camera', 'document');
		await expectShown({ camera: A, document: B });
		await choose('document', A);
		await expectShown({ camera: B, document: A });
		await reload();
		await hold('camera', 'document');
		await expectShown({ camera: B, document: A });
	});

	test('F1 a camera chosen for the person leaves the papers, and a third one takes nothing away', async () => {
		await hold('camera', 'document');
		await expectShown({ camera: A, document: B });
		await choose('camera', B);
		await expectShown({ camera: B, document: A });
		await choose('camera', DEPTH);
		await expectShown({ camera: DEPTH, document: A });
		await reload();
		await hold('document');
		await expectShown({ document: A });
	});

	test('F36 a choice that cannot be opened changes nothing, and is said with its reason', async () => {
		await hold('camera');
		await expectShown({ camera: A });
		await lab((devices) => devices.fail('NotReadableError', 'fake_device_2'));
		await choose('camera', B);
		await expectShown({ camera: A });
		const { using, chosen, missed, cameras, problems } = await state();
		expect(cameras.find(({ id }) => id === using.camera)?.label).toBe(A);
		expect({ chosen: chosen.camera, missed: missed.camera, problems }).toEqual({
			chosen: null,
			missed: { label: B, code: 'DEV-1004' },
			problems: {},
		});
	});
});

describe('pulled out and plugged in', () => {
	test('F2 F3 a pulled camera stops the person with a word, never takes the desk, and returns by itself', async () => {
		await hold('camera', 'document');
		await choose('camera', B);
		await choose('document', A);
		await expectShown({ camera: B, document: A });
		await lab((devices) => devices.pull('fake_device_2'));
		await expect.poll(async () => (await state()).problems, SOON).toEqual({ camera: 'DEV-1007' });
		expect(await shown()).toEqual({ camera: null, document: A });
		await lab((devices) => devices.pull('fake_device_1'));
		await lab((devices) => devices.plugIn('fake_device_1'));
		expect(await shown()).toEqual({ camera: null, document: A });
		await lab((devices) => devices.plugIn('fake_device_2'));
		await expectShown({ camera: B, document: A });
		expect((await state()).problems).toEqual({});
	});

	test('F2 the desk is not sent as the face after a reload either', async () => {
		await hold('camera', 'document');
		await choose('camera', B);
		await expectShown({ camera: B, document: A });
		await reload();
		await lab((devices) => devices.pull('fake_device_2'));
		await lab((devices) => devices.pull('fake_device_1'));
		await hold('camera');
		await expect.poll(async () => (await state()).problems, SOON).toEqual({ camera: 'DEV-1007' });
		expect(await shown()).toEqual({ camera: null });
	});

	test('F3 a pulled headset falls back to another microphone, which is named, and returns', async () => {
		await hold('microphone');
		await expectShown({ microphone: DEFAULT });
		await choose('microphone', HEADSET);
		await expectShown({ microphone: HEADSET });
		await lab((devices) => devices.pull('Fake Audio Input 1'));
		await expectShown({ microphone: DEFAULT });
		const { using, missed } = await state();
		expect({ using: using.microphone, missed: missed.microphone }).toEqual({
			using: 'default',
			missed: { label: HEADSET, code: 'DEV-1007' },
		});
		await lab((devices) => devices.plugIn('Fake Audio Input 1'));
		await expectShown({ microphone: HEADSET });
		expect((await state()).missed).toEqual({});
	});

	test('F4 another device behind the default microphone is opened anew', async () => {
		await hold('microphone');
		await expectShown({ microphone: DEFAULT });
		const before = await page.evaluate(() => globalThis.mediaPage.leases[0]?.track?.id);
		await lab((devices) => devices.moveDefault('Headset'));
		await expectShown({ microphone: 'Headset' });
		await expect
			.poll(() => page.evaluate(() => globalThis.mediaPage.leases[0]?.track?.id), SOON)
			.not.toBe(before);
	});
});

describe('what fails is tried again by itself', () => {
	test('F5 devices that cannot be read for three seconds, and none at all for ten', async () => {
		await lab((devices) => devices.fail('AbortError'));
		await hold('camera', 'microphone');
		await expect
			.poll(async () => (await state()).problems, SOON)
			.toEqual({ camera: 'DEV-1004', microphone: 'DEV-1004' });
		await page.waitForTimeout(3000);
		await lab((devices) => devices.fail(null));
		await expectShown({ camera: A, microphone: DEFAULT });
		expect((await state()).problems).toEqual({});
	});

	test('F5 the voice waits for no camera that hangs', async () => {
		await lab((one) => {
			one.hang();
			one.fail('NotReadableError', 'Fake Default Audio Input');
		});
		await hold('camera', 'microphone', 'document');
		await expect.poll(async () => (await state()).problems.microphone, SOON).toBe('DEV-1004');
		// Long enough for an attempt that comes back with the cameras still not there.
		await new Promise((settle) => setTimeout(settle, 2_000));
		await lab((one) => one.fail(null, 'Fake Default Audio Input'));
		await expectShown({ camera: null, microphone: DEFAULT, document: null });
	});

	test('F5 a PC without any camera shows the first that is plugged in', async () => {
		for (const label of [A, B, DEPTH]) await page.evaluate((one) => globalThis.deviceLab.pull(one), label);
		await hold('camera');
		await expect.poll(async () => (await state()).problems, SOON).toEqual({ camera: 'DEV-1001' });
		await lab((devices) => devices.plugIn('fake_device_2'));
		await expectShown({ camera: B });
		expect((await state()).problems).toEqual({});
	});

	test('F6 after sleep everything returns, however slowly the devices wake up', async () => {
		await hold('camera', 'microphone', 'document');
		const all = { camera: A, microphone: DEFAULT, document: B };
		await expectShown(all);
		await lab((devices) => {
			devices.fail('NotReadableError');
			devices.sleep();
		});
		await expectShown({ camera: null, microphone: null, document: null });
		await page.waitForTimeout(3000);
		await lab((devices) => devices.fail(null));
		await expectShown(all);
		expect((await state()).problems).toEqual({});
	});
});

describe('open, and yet nothing comes', () => {
	test('F7 a camera without new frames is told from a still paper, and the word goes when they return', async () => {
		await lab((devices) => devices.freezable());
		await hold('document');
		await expect.poll(async () => (await state()).open.document, SOON).toBe(true);
		await page.waitForTimeout(6000);
		expect((await state()).problems).toEqual({});
		await lab((devices) => devices.freeze(true));
		await expect
			.poll(async () => (await state()).problems, { timeout: 5000, interval: 50 })
			.toEqual({ document: 'DEV-1008' });
		await lab((devices) => devices.freeze(false));
		await expect.poll(async () => (await state()).problems, SOON).toEqual({});
	});

	test('F9 thirty seconds of silence are said', { timeout: 60_000 }, async () => {
		await lab((devices) => devices.silence());
		await hold('microphone');
		await page.waitForTimeout(20_000);
		expect((await state()).silent).toBe(false);
		await expect.poll(async () => (await state()).silent, { timeout: 20_000 }).toBe(true);
	});
});
