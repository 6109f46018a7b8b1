import { searchForm } from '@counter-hub/shared/codes/plainText.ts';

/** A part of a text: `end` is behind its last unit. */
export interface TextRange {
	readonly start: number;
	readonly end: number;
}

/** What is compared: blanks do not count, width and case neither; and for each sign of it where in the text it comes from. */
function comparable(text: string): { form: string; from: number[]; to: number[] } {
	let form = '';
	const from: number[] = [];
	const to: number[] = [];
	let at = 0;
	for (const sign of text) {
		const end = at + sign.length;
		for (const part of searchForm(sign)) {
			form += part;
			for (let unit = 0; unit < part.length; unit += 1) {
				from.push(at);
				to.push(end);
			}
		}
		at = end;
	}
	return { form, from, to };
}

/** Where a text holds what is looked for, from its beginning to its end, without overlaps. Empty queries are nowhere. */
export function findText(text: string, query: string): TextRange[] {
	const wanted = comparable(query).form;
	if (wanted === '') return [];
	const { form, from, to } = comparable(text);
	const found: TextRange[] = [];
	for (let at = form.indexOf(wanted); at >= 0; at = form.indexOf(wanted, at + wanted.length)) {
		found.push({ start: from[at] ?? 0, end: to[at + wanted.length - 1] ?? 0 });
	}
	return found;
}
