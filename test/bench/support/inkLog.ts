/// <reference lib="dom" />
import type { Page } from 'playwright-core';

/** A point of a stroke: how far to the right of the picture it lies (0–1), and when (ms since 1970). */
export interface InkPoint {
	readonly x: number;
	readonly at: number;
}
interface InkLog {
	/** Where the pen was moved to, when the page was told. */
	drawn: InkPoint[];
	/** Where the end of somebody else's stroke was painted. */
	painted: InkPoint[];
	/** When marks of others were painted that have come to stand on the timeline. */
	kept: number[];
}

declare global {
	var inkLog: InkLog | undefined;
}

/** Notes what is drawn in a page and what it paints of the other side's strokes, without a change of the page. */
export async function watchInk(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const log: InkLog = { drawn: [], painted: [], kept: [] };
		globalThis.inkLog = log;
		const now = () => performance.timeOrigin + performance.now();
		const layer = () => document.querySelector<HTMLElement>('[data-testid=marks]');
		addEventListener(
			'pointermove',
			({ clientX, buttons, timeStamp }) => {
				const box = layer()?.getBoundingClientRect();
				if (!box || buttons !== 1) return;
				log.drawn.push({ x: (clientX - box.x) / box.width, at: performance.timeOrigin + timeStamp });
			},
			true,
		);
		/** After the frame that shows what has just changed. */
		const whenPainted = (note: (at: number) => void) =>
			requestAnimationFrame(() => {
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => note(now());
				port2.postMessage(null);
			});
		let last = -1;
		let marks = 0;
		const look = () => {
			const own = layer();
			const tip = own?.querySelector<HTMLElement>(':scope > .label.ink');
			const x = own && tip ? parseFloat(tip.style.translate) / own.offsetWidth : -1;
			if (x !== last && x >= 0) whenPainted((at) => log.painted.push({ x, at }));
			last = x;
			const count = own?.querySelectorAll('[data-mark]').length ?? 0;
			if (count > marks) whenPainted((at) => log.kept.push(at));
			marks = count;
		};
		new MutationObserver(look).observe(document, {
			subtree: true,
			childList: true,
			attributeFilter: ['style'],
		});
	});
}

/** What was noted since the last time. */
export async function takeInk(page: Page): Promise<InkLog> {
	return await page.evaluate(() => {
		const { drawn, painted, kept } = globalThis.inkLog ?? { drawn: [], painted: [], kept: [] };
		return {
			drawn: drawn.splice(0),
			painted: painted.splice(0),
			kept: kept.splice(0),
		};
	});
}
