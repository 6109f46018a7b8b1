/// <reference lib="dom" />
import type { BrowserContext } from 'playwright-core';
import type { PrintedPage } from './printedPages.ts';

/** CSS pixels of A4, and how many dots each is printed with: some 290 per inch. */
const A4 = { width: 794, height: 1123 };
const DOTS = 3;

/** A line of text on the page: its place as shares of the page's width and height, and what it says. */
interface PrintedLine {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	readonly text: string;
}
export interface Print {
	readonly name: string;
	/** PNG in base64. */
	readonly picture: string;
	readonly lines: readonly PrintedLine[];
}

/** Sets the page in a Chromium with Noto CJK, which gives the same dots each time. */
export async function printPage(context: BrowserContext, { name, html }: PrintedPage): Promise<Print> {
	const page = await context.newPage();
	try {
		await page.setViewportSize(A4);
		await page.setContent(html);
		await page.evaluate(() => document.fonts.ready);
		const lines = await page.evaluate(linesOf, A4);
		const cdp = await context.newCDPSession(page);
		const clip = { x: 0, y: 0, ...A4, scale: DOTS };
		const { data } = await cdp.send('Page.captureScreenshot', { format: 'png', clip });
		return { name, picture: data, lines };
	} finally {
		await page.close();
	}
}

/** Runs in the page: the lines of every element that is to be read, as they were broken. */
function linesOf({ width, height }: typeof A4): PrintedLine[] {
	if (document.documentElement.scrollHeight > height) throw new Error('more text than fits on the page');
	const found: { left: number; right: number; top: number; bottom: number; text: string }[] = [];
	const read = (node: Node) => {
		const range = document.createRange();
		let line: (typeof found)[number] | undefined;
		for (let at = 0; at < (node.textContent?.length ?? 0); at++) {
			range.setStart(node, at);
			range.setEnd(node, at + 1);
			const { left, right, top, bottom } = range.getBoundingClientRect();
			const letter = range.toString();
			if (left === right || letter.trim() === '') continue;
			if (!line || top > line.bottom - 2) found.push((line = { left, right, top, bottom, text: '' }));
			line.text += letter;
			line.right = right;
		}
	};
	for (const element of document.querySelectorAll('[data-read]'))
		for (const node of element.childNodes) read(node);
	return found.map(({ left, right, top, bottom, text }) => ({
		x: left / width,
		y: top / height,
		width: (right - left) / width,
		height: (bottom - top) / height,
		text,
	}));
}
