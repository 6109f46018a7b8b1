/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installDeviceLab } from '../media/page/deviceLab.ts';
import { Product } from '../platform/Product.ts';
import { answer, approverOf, callHangzhou, clerkOf } from './call.ts';
import { atDesk, type Person } from './people.ts';

const SOON = { timeout: 30_000, interval: 200 };

describe('devices that fail in a call', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		// Installed into the page that stays for all that follows; it needs no reload.
		await clerk.page.evaluate(installDeviceLab);
		await clerk.page.evaluate(() => globalThis.deviceLab.freezable());
		await callHangzhou(clerk, '请看股东会决议');
		await answer(approver);
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	const liveMark = () => approver.page.locator('.tag').getByText('实时', { exact: true });
	const stage = () => approver.page.locator('video[data-source=document][data-own=false]');

	it('F7 a document camera that gives no more pictures is told to both sides, with how long; the stage turns grey', async () => {
		await stage().waitFor();
		await liveMark().waitFor();
		await clerk.page.evaluate(() => globalThis.deviceLab.freeze(true));
		await clerk.page.getByText('DEV-1008').first().waitFor({ timeout: 10_000 });
		const plate = approver.page.getByText('的材料没有新画面');
		await plate.waitFor({ timeout: 10_000 });
		await approver.page.locator('.frozen video[data-source=document]').waitFor();
		const counted = ({ page }: Person) => page.locator('.plate .since').innerText();
		const first = await counted(approver);
		expect(first).toMatch(/^已 \d+ 秒$/);
		await expect.poll(() => counted(approver), SOON).not.toBe(first);
		expect(await counted(clerk)).toMatch(/^已 \d+ 秒$/);
		// Whoever looks at the face meanwhile reads the same time afterwards.
		const stopped = approver.page.getByText('画面停在');
		const when = await stopped.innerText();
		await approver.page.getByRole('radio', { name: '人像' }).click();
		await approver.page.getByText('的人像没有新画面').waitFor();
		await approver.page.getByRole('radio', { name: '高拍仪' }).first().click();
		await plate.waitFor();
		expect(await stopped.innerText()).toBe(when);
		expect(await liveMark().count()).toBe(0);
		await clerk.page.evaluate(() => globalThis.deviceLab.freeze(false));
		await liveMark().waitFor();
		await clerk.page.getByText('DEV-1008').first().waitFor({ state: 'hidden' });
	});

	it('F2 a pulled webcam is said at both sides; the papers go on alone', async () => {
		await clerk.page.evaluate(() => globalThis.deviceLab.pull('fake_device_0'));
		await clerk.page.getByText(/DEV-1007 摄像头/).waitFor();
		await approver.page.locator('.face').getByText('画面中断').waitFor();
		expect(await liveMark().count()).toBe(1);
		await clerk.page.evaluate(() => globalThis.deviceLab.plugIn('fake_device_0'));
		await clerk.page.getByText(/DEV-1007 摄像头/).waitFor({ state: 'hidden' });
		await approver.page.locator('.face').getByText('画面中断').waitFor({ state: 'hidden' });
	});

	it('F36 the choice names the camera that is sent, and why the other failed', async () => {
		await clerk.page.evaluate(() => globalThis.deviceLab.fail('NotReadableError', 'fake_device_1'));
		await clerk.page.keyboard.press('D');
		const dialog = clerk.page.getByRole('dialog');
		const select = dialog.getByRole('combobox', { name: '摄像头' });
		const named = () => select.evaluate((one: HTMLSelectElement) => one.selectedOptions[0]?.label);
		await expect.poll(named, SOON).toBe('fake_device_0');
		await select.selectOption({ label: 'fake_device_1' });
		await dialog.getByText(/“fake_device_1”没有用上：DEV-1004/).waitFor();
		await expect.poll(named, SOON).toBe('fake_device_0');
		await dialog.getByRole('button', { name: '用这些设备' }).click();
	});

	it('F20 a key that is held switches once', async () => {
		const microphone = clerk.page.locator('[data-action=microphone]');
		expect(await microphone.getAttribute('aria-pressed')).toBe('false');
		// Pressing a key that is down already is a repetition.
		for (let press = 0; press < 8; press++) await clerk.page.keyboard.down('m');
		await clerk.page.keyboard.up('m');
		expect(await microphone.getAttribute('aria-pressed')).toBe('true');
		await clerk.page.keyboard.press('m');
		expect(await microphone.getAttribute('aria-pressed')).toBe('false');
	});
});
