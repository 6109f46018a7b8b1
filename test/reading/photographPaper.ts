import type { PicturePlace } from '@counter-hub/shared/reading/findings.ts';
import type { BrowserContext } from 'playwright-core';

/** How a sheet lies under the camera. */
export interface PaperLook {
	/** Pixels of the picture. Default 3840×2160. */
	readonly width?: number;
	readonly height?: number;
	/** Degrees by which it lies askew. */
	readonly tilt?: number;
	/** Quarter turns clockwise. */
	readonly turns?: 0 | 1 | 2 | 3;
	readonly kind?: 'png' | 'jpeg';
}

/** CSS pixels along the picture's height. */
const VIEW_HEIGHT = 1080;
/** A4, lying. */
const SHEET = { width: 297, height: 210 };

/** A sheet of A4 with what `html` says, on a dark desk in uneven light, as a picture; and where its `data-place`s are. */
export async function photographPaper(
	context: BrowserContext,
	html: string,
	{ width = 3840, height = 2160, tilt = 0.6, turns = 0, kind = 'jpeg' }: PaperLook,
): Promise<{ bytes: Buffer; places: Record<string, PicturePlace> }> {
	const view = { width: Math.round((width / height) * VIEW_HEIGHT), height: VIEW_HEIGHT };
	// The sheet takes 96 % of the frame.
	const high = turns % 2 === 0 ? SHEET.height : SHEET.width;
	const scale = (0.96 * VIEW_HEIGHT) / ((high / 25.4) * 96);
	const page = await context.newPage();
	try {
		await page.setViewportSize(view);
		await page.setContent(`<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>
			body { margin: 0; height: 100vh; display: grid; place-items: center; overflow: hidden; background: #2b2e2f; }
			.sheet { position: relative; box-sizing: border-box; width: ${SHEET.width}mm; height: ${SHEET.height}mm; flex: none;
				background: #fbfaf6; color: #1b1b1b; font-family: "Noto Serif CJK SC", serif;
				transform: scale(${scale}) rotate(${turns * 90 + tilt}deg); }
			.light { position: fixed; inset: 0; background: radial-gradient(circle at 30% 20%, transparent 30%, rgb(0 0 0 / .28)); }
			</style><div class="sheet">${html}</div><div class="light"></div>`);
		await page.evaluate(() => document.fonts.ready.then(() => undefined));
		const places = await page.evaluate(() =>
			Object.fromEntries(
				[...document.querySelectorAll<HTMLElement>('[data-place]')].map((element) => {
					const box = element.getBoundingClientRect();
					return [
						element.dataset['place'] ?? '',
						{
							x: box.x / innerWidth,
							y: box.y / innerHeight,
							width: box.width / innerWidth,
							height: box.height / innerHeight,
						},
					];
				}),
			),
		);
		const cdp = await context.newCDPSession(page);
		const shot = await cdp.send('Page.captureScreenshot', {
			format: kind,
			...(kind === 'jpeg' && { quality: 90 }),
			clip: { x: 0, y: 0, ...view, scale: height / VIEW_HEIGHT },
		});
		return { bytes: Buffer.from(shot.data, 'base64'), places };
	} finally {
		await page.close();
	}
}
