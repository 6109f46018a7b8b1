/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { until } from './processes.ts';

interface Shown {
	/** When the crisp picture came last, when it went, and when a moving picture was painted last; by the wall clock. */
	crispAt: number;
	goneAt: number;
	frames: number[];
}

declare global {
	var shownPaper: Shown;
}

/** Notes in the approver's page when his stage shows a crisp picture, and when moving ones. */
export async function watchShown(page: Page): Promise<void> {
	await page.evaluate(() => {
		const now = () => performance.timeOrigin + performance.now();
		const shown = { crispAt: 0, goneAt: now(), frames: [] as number[] };
		globalThis.shownPaper = shown;
		let was = false;
		new MutationObserver(() => {
			const is = document.querySelector('[data-testid=crisp] canvas') !== null;
			if (is === was) return;
			was = is;
			if (is) shown.crispAt = now();
			else shown.goneAt = now();
		}).observe(document.body, { childList: true, subtree: true });
		const follow = () => {
			const video = document.querySelector<HTMLVideoElement>(
				'.stage video[data-source="document"][data-own="false"]',
			);
			if (!video) setTimeout(follow, 100);
			else
				video.requestVideoFrameCallback(() => {
					shown.frames.push(now());
					follow();
				});
		};
		follow();
	});
}

/** Waits until the stage shows a crisp picture that came after that time; returns when it did. */
export const crispAfter = (page: Page, after: number, limit: number): Promise<number> =>
	until('a crisp picture', limit, async () => {
		const { crispAt } = await page.evaluate(() => globalThis.shownPaper);
		return crispAt > after ? crispAt : undefined;
	});

/** Waits until the stage shows the moving picture, and a picture of it was painted after that time. */
export const movingAfter = (
	page: Page,
	after: number,
	limit: number,
): Promise<{ goneAt: number; paintedAt: number }> =>
	until('a moving picture', limit, async () => {
		const { crispAt, goneAt, frames } = await page.evaluate(() => globalThis.shownPaper);
		const paintedAt = frames.find((at) => at > after);
		return goneAt >= crispAt && paintedAt !== undefined ? { goneAt, paintedAt } : undefined;
	});
