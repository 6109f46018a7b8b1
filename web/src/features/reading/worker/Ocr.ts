import chineseUrl from '@tesseract.js-data/chi_sim/4.0.0_best_int/chi_sim.traineddata.gz?url';
import type { Box, ReadLine } from '@counter-hub/shared/reading/ReadLine.ts';
import coreUrl from 'tesseract.js-core/tesseract-core-simd-lstm.wasm?url';
import loadCore, {
	type TessBaseApi,
	type TesseractCore,
} from 'tesseract.js-core/tesseract-core-simd-lstm.js';
import { z } from 'zod';
import { bytesOf, unpacked } from './bytesOf.ts';

const corners = z.object({ x0: z.number(), y0: z.number(), x1: z.number(), y1: z.number() });
const sign = z.object({ text: z.string().nullable(), confidence: z.number().nullable(), bbox: corners });
const page = z.object({
	blocks: z.array(
		z.object({
			paragraphs: z.array(
				z.object({
					lines: z.array(
						z.object({
							bbox: corners,
							baseline: corners,
							words: z.array(z.object({ confidence: z.number().nullable(), symbols: z.array(sign) })),
						}),
					),
				}),
			),
		}),
	),
});

/** Where a line of print lies, in pixels. */
export interface LaidLine {
	readonly box: Box;
	/** Of its baseline, downwards to the right. */
	readonly slope: number;
}

/** A grey picture, one byte a pixel, behind the head of a PGM file. */
export interface GreyPicture {
	readonly width: number;
	readonly height: number;
	readonly pgm: Uint8Array;
}

const LSTM = 1;
const SPARSE_TEXT = '11';
const SINGLE_LINE = '7';
/** Shadows of a desk lamp lie across papers: what is ink is decided from place to place (Sauvola). */
const SAUVOLA = '2';
/** Around a line, in its height. How print is read depends on it by chance: what is not sure is read with another, too. */
const MARGINS = [0.1, 0.3] as const;
const SURE = 0.9;

/** Tesseract with Chinese print: lays out a picture, then reads line by line. Coordinates are its pixels. */
export class Ocr {
	readonly #core: TesseractCore;
	readonly #api: TessBaseApi;

	private constructor(core: TesseractCore, api: TessBaseApi) {
		this.#core = core;
		this.#api = api;
	}

	/** Fetches its parts from this origin. @throws Error */
	static async load(): Promise<Ocr> {
		const [wasm, data] = await Promise.all([bytesOf(coreUrl), bytesOf(chineseUrl).then(unpacked)]);
		const silent = () => undefined;
		const core = await loadCore({ wasmBinary: wasm, print: silent, printErr: silent });
		core.FS.writeFile('chi_sim.traineddata', new Uint8Array(data));
		const api = new core.TessBaseAPI();
		if (api.Init(null, 'chi_sim', LSTM, null) !== 0) throw new Error('Tesseract does not take its data');
		api.SetVariable('thresholding_method', SAUVOLA);
		return new Ocr(core, api);
	}

	/** The picture that the following calls are about. */
	show({ pgm }: GreyPicture): void {
		this.#core.FS.writeFile('/input', pgm);
		if (this.#api.SetImageFile(1, 0) !== 0) throw new Error('Tesseract does not take the picture');
	}

	/** Where text is. */
	layOut(): LaidLine[] {
		this.#api.SetVariable('tessedit_pageseg_mode', SPARSE_TEXT);
		const laid = this.#api.AnalyseLayout();
		if (!laid) return [];
		const lines = this.#lines();
		this.#core.destroy(laid);
		return lines.map(({ bbox, baseline: { x0, y0, x1, y1 } }) => ({
			box: boxOf(bbox),
			slope: x1 > x0 ? (y1 - y0) / (x1 - x0) : 0,
		}));
	}

	/** Reads the one line within a box; `signs`: it holds no other ones. */
	readLine(box: Box, signs = ''): ReadLine {
		this.#api.SetVariable('tessedit_pageseg_mode', SINGLE_LINE);
		this.#api.SetVariable('tessedit_char_whitelist', signs);
		const [narrow, wide] = MARGINS;
		const first = this.#read(box, narrow);
		if (sureness(first) >= SURE) return first;
		const second = this.#read(box, wide);
		return sureness(second) > sureness(first) ? second : first;
	}

	#read(box: Box, share: number): ReadLine {
		const margin = Math.ceil(box.height * share);
		this.#api.SetRectangle(
			Math.max(0, Math.floor(box.x) - margin),
			Math.max(0, Math.floor(box.y) - margin),
			Math.ceil(box.width) + 2 * margin,
			Math.ceil(box.height) + 2 * margin,
		);
		if (this.#api.Recognize(null) !== 0) return [];
		return this.#lines().flatMap(({ words }) =>
			words.flatMap(({ confidence: ofWord, symbols }) =>
				symbols.flatMap(({ text, confidence, bbox }) =>
					text === null || text.trim() === ''
						? []
						: // Upside down, single signs still look like something; words do not.
							[{ text, box: boxOf(bbox), confidence: Math.min(confidence ?? 0, ofWord ?? 0) / 100 }],
				),
			),
		);
	}

	#lines() {
		const { blocks } = page.parse(JSON.parse(this.#api.GetJSONText()));
		return blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ lines }) => lines));
	}
}

const boxOf = ({ x0, y0, x1, y1 }: z.infer<typeof corners>): Box => ({
	x: x0,
	y: y0,
	width: x1 - x0,
	height: y1 - y0,
});

/** Mean confidence of signs, 0–1; 0 where there are none. */
export const sureness = (line: ReadLine): number =>
	line.length === 0 ? 0 : line.reduce((sum, { confidence }) => sum + confidence, 0) / line.length;
