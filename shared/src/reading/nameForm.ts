import { searchForm } from '../codes/plainText.ts';

/** The name of an enterprise as it is compared: without blanks, brackets of one kind, capital or small alike. */
export const nameForm = (name: string): string =>
	searchForm(name)
		.replaceAll(/[\s·•.,，。]/gu, '')
		.replaceAll(/[〔［〈《[]/gu, '(')
		.replaceAll(/[〕］〉》\]]/gu, ')');

/** How many signs must be put in, taken out or changed to make one text of the other; counted no further than `most`. */
export function distance(a: string, b: string, most: number): number {
	const [left, right] = [Array.from(a), Array.from(b)];
	if (Math.abs(left.length - right.length) > most) return most + 1;
	let before = right.map((_, i) => i + 1);
	before.unshift(0);
	for (const [i, sign] of left.entries()) {
		const row = [i + 1];
		for (const [j, other] of right.entries()) {
			row.push(
				Math.min((before[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, (before[j] ?? 0) + (sign === other ? 0 : 1)),
			);
		}
		before = row;
	}
	return Math.min(before.at(-1) ?? 0, most + 1);
}
