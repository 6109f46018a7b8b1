/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** So many pictures, one each quarter of a second, of the video or canvas that the selector finds: at full size, as PNG in base64. */
export async function grabPictures(page: Page, selector: string, count: number): Promise<string[]> {
	return await page.evaluate(
		async ({ selector, count }) => {
			const shown = document.querySelector<HTMLVideoElement | HTMLCanvasElement>(selector);
			if (!shown) throw new Error(`no ${selector}`);
			const bitmaps: ImageBitmap[] = [];
			for (let i = 0; i < count; i++) {
				await new Promise((resolve) => setTimeout(resolve, 250));
				bitmaps.push(await createImageBitmap(shown));
			}
			return await Promise.all(
				bitmaps.map(async (bitmap) => {
					const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
					canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0);
					bitmap.close();
					const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
					let text = '';
					for (let at = 0; at < bytes.length; at += 32_768)
						text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
					return btoa(text);
				}),
			);
		},
		{ selector, count },
	);
}

/** As the camera for papers itself gives them. */
export async function grabSource(page: Page, count: number): Promise<string[]> {
	const pictures: string[] = [];
	for (let i = 0; i < count; i++) {
		pictures.push(await page.evaluate(() => globalThis.paperCamera.picture()));
		await page.waitForTimeout(250);
	}
	return pictures;
}
