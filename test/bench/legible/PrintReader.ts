/// <reference lib="dom" />
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { SHEET } from '../../papers/paperCamera.ts';
import type { Print } from '../../papers/printPage.ts';
import { mean } from '../lib.ts';
import { rightCharacters } from './rightCharacters.ts';

const run = promisify(execFile);
/** The sheet is enlarged to this height: three times at 1920×1080, where print of 9 pt is then some 35 pixels high. */
const READ_HEIGHT = 3200;
/** Around each line, in pixels of the enlarged sheet; the hand's shake is smaller. */
const MARGIN = 12;
const ONE_LINE = '7';

/** Reads pictures of a printed page with Tesseract, line by line, so that the order of columns is no question. */
export class PrintReader {
	readonly #page: Page;

	static async open(browser: Browser): Promise<PrintReader> {
		return new PrintReader(await browser.newPage());
	}

	private constructor(page: Page) {
		this.#page = page;
	}

	/** Mean share of several pictures. */
	async readAll(pictures: readonly string[], print: Print): Promise<number> {
		const shares: number[] = [];
		for (const picture of pictures) shares.push(await this.read(picture, print));
		return mean(shares);
	}

	/** Share of the characters read right in a picture (PNG in base64) that the camera for papers took of this print. */
	async read(picture: string, print: Print): Promise<number> {
		const cuts = await this.#page.evaluate(cutLines, {
			picture,
			print,
			sheet: SHEET,
			readHeight: READ_HEIGHT,
			margin: MARGIN,
		});
		const folder = await mkdtemp(join(tmpdir(), 'legible-'));
		try {
			const files = cuts.map((_, i) => join(folder, `${String(i)}.png`));
			await Promise.all(cuts.map((cut, i) => writeFile(files[i] ?? '', Buffer.from(cut, 'base64'))));
			const list = join(folder, 'lines.txt');
			await writeFile(list, `${files.join('\n')}\n`);
			const args = [list, 'stdout', '-l', 'chi_sim', '--psm', ONE_LINE];
			const { stdout } = await run('tesseract', args, { env: { ...process.env, OMP_THREAD_LIMIT: '1' } });
			const texts = stdout.split('\f');
			let [right, all] = [0, 0];
			print.lines.forEach(({ text }, i) => {
				const one = rightCharacters(text, texts[i] ?? '');
				right += one.right;
				all += one.all;
			});
			return right / all;
		} finally {
			await rm(folder, { recursive: true });
		}
	}
}

interface Cutting {
	picture: string;
	print: Print;
	sheet: typeof SHEET;
	readHeight: number;
	margin: number;
}

/** Runs in a page: every line upright and enlarged, as PNG in base64. */
async function cutLines({ picture, print, sheet, readHeight, margin }: Cutting): Promise<string[]> {
	const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
	const image = await createImageBitmap(new Blob([bytes(picture)]));
	const original = await createImageBitmap(new Blob([bytes(print.picture)]));
	const across = (readHeight * original.width) / original.height;
	const scale = readHeight / (image.height * sheet.height);
	return await Promise.all(
		print.lines.map(async ({ x, y, width, height }) => {
			const canvas = new OffscreenCanvas(
				Math.round(width * across) + 2 * margin,
				Math.round(height * readHeight) + 2 * margin,
			);
			const context = canvas.getContext('2d');
			if (!context) throw new Error('no canvas');
			context.imageSmoothingQuality = 'high';
			context.translate(margin + (0.5 - x) * across, margin + (0.5 - y) * readHeight);
			context.rotate(-sheet.turn);
			context.scale(scale, scale);
			context.drawImage(image, -image.width / 2, -image.height / 2);
			const png = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
			let text = '';
			for (let at = 0; at < png.length; at += 32_768)
				text += String.fromCharCode(...png.subarray(at, at + 32_768));
			return btoa(text);
		}),
	);
}
