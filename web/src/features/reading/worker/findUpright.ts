import type { LaidLine, Ocr } from './Ocr.ts';
import { sureness } from './Ocr.ts';
import type { Look, Picture } from './Picture.ts';

/** Height in pixels at which print is read best. */
export const LINE_HEIGHT = 36;
/** Lower print is enlarged, but no further: there is nothing more to see. */
const ENLARGED_MOST = 3;
/** The shorter side of the picture at the first glance. */
const GLANCE = 1080;
/** Lines of the glance that are read to see whether it is the right way up. */
const SAMPLES = 4;
/** As sure as this nobody reads upside down. */
const SURE = 0.7;
const LEGIBLE = 0.45;

/**
 * How the picture must be looked at for print to be upright, level and of the right size: first as somebody turned it,
 * then the other ways. Undefined where nothing can be read.
 */
export async function findUpright(
	picture: Picture,
	ocr: Ocr,
	turns: number,
	step: () => Promise<void>,
): Promise<Look | undefined> {
	const scale = picture.fitting(Math.min(2, GLANCE / Math.min(picture.width, picture.height)));
	let best: { sure: number; look: Look } | undefined;
	for (const more of [0, 1, 3, 2]) {
		await step();
		const look = { turns: (turns + more) % 4, radians: 0, scale };
		ocr.show(picture.look(look));
		await step();
		const lines = ocr.layOut().filter(({ box }) => box.width > 2 * box.height);
		const longest = lines.toSorted((a, b) => b.box.width - a.box.width).slice(0, SAMPLES);
		const signs = [];
		for (const { box } of longest) {
			await step();
			signs.push(...ocr.readLine(box));
		}
		const sure = sureness(signs);
		if (sure > (best?.sure ?? LEGIBLE)) best = { sure, look: levelled(picture, look, lines) };
		if (sure >= SURE) break;
	}
	return best?.look;
}

/** Turned back by the slope of its lines, and as large as print should be. */
function levelled(picture: Picture, look: Look, lines: readonly LaidLine[]): Look {
	const long = lines.filter(({ box }) => box.width > 6 * box.height);
	const slope = middle(long.map((line) => line.slope));
	const factor = Math.min(ENLARGED_MOST / look.scale, LINE_HEIGHT / heightOf(lines, slope));
	return { turns: look.turns, radians: -Math.atan(slope), scale: picture.fitting(look.scale * factor) };
}

/** Of the print in the middle of all: half of it is lower. A line that lies askew has a higher box. */
const heightOf = (lines: readonly LaidLine[], slope: number): number =>
	Math.max(1, middle(lines.map(({ box }) => box.height - Math.abs(slope) * box.width)));

function middle(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
