/// <reference lib="dom" />
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {} from './page/mediaPage.ts';
import { startMediaPages } from './page/openMediaPage.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'paper-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** One frame: white, with a black band at each edge. */
async function paper(width: number, height: number): Promise<string> {
	const band = 40;
	const luma = Buffer.alloc(width * height, 235);
	for (let y = 0; y < height; y++) {
		const isBand = y < band || y >= height - band;
		if (isBand) luma.fill(16, y * width, (y + 1) * width);
		luma.fill(16, y * width, y * width + band);
		luma.fill(16, (y + 1) * width - band, (y + 1) * width);
	}
	const head = Buffer.from(`YUV4MPEG2 W${String(width)} H${String(height)} F5:1 Ip A1:1 C420jpeg\nFRAME\n`);
	const path = join(folder, `${String(width)}.y4m`);
	await writeFile(path, Buffer.concat([head, luma, Buffer.alloc((width * height) / 2, 128)]));
	return path;
}

test.each([
	[3264, 2448],
	[4608, 3456],
])('F8 a sheet under a document camera of %i×%i comes whole, in its own shape', async (width, height) => {
	const pages = await startMediaPages(await paper(width, height));
	try {
		const page = await pages.open();
		const seen = await page.evaluate(async () => {
			const { devices } = globalThis.mediaPage;
			await devices.start();
			await devices.choose('document', devices.state.cameras[0]?.id ?? '');
			const { track } = await devices.lease('document');
			const video = document.createElement('video');
			video.muted = true;
			video.srcObject = track && new MediaStream([track]);
			await video.play();
			const { videoWidth, videoHeight } = video;
			const canvas = new OffscreenCanvas(videoWidth, videoHeight);
			const context = canvas.getContext('2d');
			context?.drawImage(video, 0, 0);
			const isDark = (x: number, y: number) => (context?.getImageData(x, y, 1, 1).data[0] ?? 255) < 90;
			const [right, bottom] = [videoWidth - 8, videoHeight - 8];
			const edges = [
				[8, bottom / 2],
				[right, bottom / 2],
				[right / 2, 8],
				[right / 2, bottom],
			] as const;
			const middle = isDark(right / 2, bottom / 2);
			return { videoWidth, videoHeight, edges: edges.map(([x, y]) => isDark(x, y)), middle };
		});
		expect(seen).toEqual({
			videoWidth: width,
			videoHeight: height,
			edges: [true, true, true, true],
			middle: false,
		});
	} finally {
		await pages.close();
	}
});
