/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Product } from '../platform/Product.ts';
import { answer, approverOf, callHangzhou, clerkOf } from './call.ts';
import { atDesk, type Person } from './people.ts';

const SOON = { timeout: 45_000, interval: 200 };
const GREEN = [0, 160, 60];
const BLUE = [20, 60, 200];

describe('a screen shared while papers lie there', () => {
	let product: Product;
	let clerk: Person;
	let approver: Person;

	beforeAll(async () => {
		product = await Product.start();
		clerk = await atDesk(product, clerkOf(product));
		approver = await atDesk(product, approverOf(product));
		await callHangzhou(clerk, '请看股东会决议');
		await answer(approver);
		await approver.page.locator('video[data-source=document][data-own=false]').waitFor();
	}, 300_000);
	afterAll(async () => {
		await Promise.all([clerk.pc.shutDown(), approver.pc.shutDown()]);
		await product.stop();
	});

	/** What the clerk's browser gives when it is asked for a screen. */
	async function screenOf(colour: number[], { moving }: { moving: boolean }) {
		await clerk.page.evaluate(
			([rgb, moves]) => {
				navigator.mediaDevices.getDisplayMedia = () => {
					const canvas = document.createElement('canvas');
					[canvas.width, canvas.height] = [1280, 720];
					const context = canvas.getContext('2d');
					if (!context) throw new Error('no canvas');
					const stream = canvas.captureStream(10);
					const draw = (at: number) => {
						context.fillStyle = `rgb(${rgb.join()})`;
						context.fillRect(0, 0, 1280, 720);
						context.fillStyle = 'white';
						context.fillRect((at * 40) % 1280, 0, 40, 40);
					};
					let at = 0;
					draw(at);
					if (moves) setInterval(() => draw(++at), 100);
					return Promise.resolve(stream);
				};
			},
			[colour, moving] as const,
		);
		await clerk.page.keyboard.press('Shift+S');
	}
	const offer = () => approver.page.getByRole('button', { name: /看屏幕/ });
	const shown = () => approver.page.locator('video[data-source=screen][data-own=false]');
	/** The colour in the middle of the picture, and how many frames were shown. */
	const seen = () =>
		shown().evaluate((video: HTMLVideoElement) => {
			const context = new OffscreenCanvas(1, 1).getContext('2d');
			if (!context || video.videoWidth === 0) return { colour: [], frames: 0 };
			context.drawImage(video, video.videoWidth / 2, video.videoHeight / 2, 1, 1, 0, 0, 1, 1);
			const colour = [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
			return { colour, frames: video.getVideoPlaybackQuality().totalVideoFrames };
		});
	const expectColour = (wanted: number[]) =>
		expect
			.poll(async () => {
				const { colour, frames } = await seen();
				const isLike =
					colour.length === 3 && colour.every((one, at) => Math.abs(one - (wanted[at] ?? 0)) < 60);
				return { isLike, colour, frames };
			}, SOON)
			.toMatchObject({ isLike: true });

	it('F34 the approver is told of it and sees it with one key', async () => {
		await screenOf(GREEN, { moving: true });
		await approver.page
			.getByText(/正在共享屏幕/)
			.first()
			.waitFor();
		await offer().waitFor();
		expect(await shown().count()).toBe(0);
		await approver.page.keyboard.press('w');
		await shown().waitFor();
		await expectColour(GREEN);
		const { frames } = await seen();
		await expect.poll(async () => (await seen()).frames, SOON).toBeGreaterThan(frames);
		await offer().waitFor({ state: 'hidden' });
		await clerk.page.keyboard.press('Shift+S');
		await approver.page.locator('video[data-source=document][data-own=false]').waitFor();
	});

	it('F34 F31 one that does not change is seen as well', async () => {
		await screenOf(BLUE, { moving: false });
		await offer().waitFor();
		await approver.page.keyboard.press('w');
		await shown().waitFor();
		await expectColour(BLUE);
		await clerk.page.keyboard.press('Shift+S');
	});
});
