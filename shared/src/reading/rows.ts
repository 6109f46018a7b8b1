import { plainText } from '../codes/plainText.ts';
import { around, type Box, type ReadLine, type ReadSign } from './ReadLine.ts';

/** What stands side by side on a paper, as one text: a blank for a gap, a tab for a wide one. */
export interface Row {
	readonly text: string;
	/** The sign that each character of the text comes from; none for gaps. */
	readonly signs: readonly (ReadSign | undefined)[];
}

/** A part of a row. */
export interface Span {
	readonly text: string;
	readonly box: Box;
	/** Of its least certain sign, 0–1. */
	readonly confidence: number;
}

/** Gaps, in heights of the line. */
const BLANK = 0.45;
const WIDE = 1.6;

/** Joins lines that stand side by side, such as a label and what it labels. */
export function rowsOf(lines: readonly ReadLine[]): Row[] {
	const groups: { box: Box; lines: ReadLine[] }[] = [];
	const placed = lines
		.filter((line) => line.length > 0)
		.map((line) => ({ line, box: around(line.map(({ box }) => box)) }))
		.toSorted((a, b) => a.box.x - b.box.x);
	for (const { line, box } of placed) {
		const row = groups.find((group) => standBeside(group.box, box));
		if (row) {
			row.lines.push(line);
			// The row goes on at the height of its last line: a paper lies askew.
			row.box = box;
		} else groups.push({ box, lines: [line] });
	}
	return groups.map((group) => rowOf(group.lines.flat()));
}

function standBeside(a: Box, b: Box): boolean {
	const overlap = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	const [less, more] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
	return b.x >= a.x + a.width / 2 && overlap >= 0.6 * less && more <= 2 * less;
}

function rowOf(signs: readonly ReadSign[]): Row {
	let text = '';
	const owners: (ReadSign | undefined)[] = [];
	const add = (part: string, owner?: ReadSign) => {
		text += part;
		for (let i = 0; i < part.length; i++) owners.push(owner);
	};
	const height = Math.max(...signs.map(({ box }) => box.height));
	signs.forEach((sign, i) => {
		const before = signs[i - 1]?.box;
		const gap = before ? (sign.box.x - before.x - before.width) / height : 0;
		if (gap > BLANK) add(gap > WIDE ? '\t' : ' ');
		add(plainText(sign.text), sign);
	});
	return { text, signs: owners };
}

/** The part of a row from one index of its text to another (exclusive). */
export function spanOf({ text, signs }: Row, from: number, to: number): Span {
	const own = signs.slice(from, to).filter((sign) => sign !== undefined);
	return {
		text: text.slice(from, to),
		box: around(own.map(({ box }) => box)),
		confidence: Math.min(...own.map(({ confidence }) => confidence)),
	};
}
