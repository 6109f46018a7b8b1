import { FINDINGS_MAX, type Finding } from '@counter-hub/shared/reading/findings.ts';
import type { ReadLine } from '@counter-hub/shared/reading/ReadLine.ts';
import { spot, withSecondLook, type SpotOptions } from '@counter-hub/shared/reading/spot.ts';
import { findUpright, LINE_HEIGHT } from './findUpright.ts';
import type { Ocr } from './Ocr.ts';
import type { Picture, View } from './Picture.ts';
import { readCodes } from './readCodes.ts';

export interface ReadOptions extends SpotOptions {
	/** Quarter turns after which somebody sees it upright. */
	readonly turns: number;
	/** Called between steps, which last some tens of milliseconds, with how much is done (0–1). Throws to stop. */
	readonly step: (share: number) => Promise<void>;
}

/** Of the whole work: codes, finding out how the paper lies, lines. */
const CODES_DONE = 0.15;
const UPRIGHT_DONE = 0.35;
const LINES_DONE = 0.95;
/** Lines read at most; a paper full of fine print has fewer. */
const LINES_MAX = 160;
const SECOND_LOOKS_MAX = 6;
const CODE_SIGNS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Reads one picture: codes first, then print line by line. */
export async function readPicture(
	picture: Picture,
	ocr: Ocr,
	{ turns, step, ...wanted }: ReadOptions,
): Promise<Finding[]> {
	await step(0);
	const codes = await readCodes(picture.pixels());
	await step(CODES_DONE);
	const upright = await findUpright(picture, ocr, turns, () => step(CODES_DONE));
	if (!upright) return codes;
	await step(UPRIGHT_DONE);
	const view = picture.look(upright);
	await step(UPRIGHT_DONE);
	ocr.show(view);
	const laid = ocr
		.layOut()
		.filter(({ box }) => box.height >= LINE_HEIGHT / 3 && box.width >= box.height / 2)
		.slice(0, LINES_MAX);
	const lines: ReadLine[] = [];
	for (const [i, { box }] of laid.entries()) {
		await step(UPRIGHT_DONE + ((LINES_DONE - UPRIGHT_DONE) * i) / laid.length);
		lines.push(ocr.readLine(box));
	}
	const first = spot(lines, wanted);
	const second: ReadLine[] = [];
	for (const box of first.doubtful.slice(0, SECOND_LOOKS_MAX)) {
		await step(LINES_DONE);
		second.push(ocr.readLine(box, CODE_SIGNS));
	}
	const found = withSecondLook(first.found, spot(second, wanted).found);
	return [...codes, ...found.map(({ box, ...finding }) => placed(finding, view, box))].slice(0, FINDINGS_MAX);
}

const placed = (
	finding: Omit<Finding, 'place'>,
	view: View,
	box: Parameters<View['placeOf']>[0],
): Finding => ({
	...finding,
	place: view.placeOf(box),
});
