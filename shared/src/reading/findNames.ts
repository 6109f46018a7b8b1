import type { Spotted } from './findNumbers.ts';
import { distance, nameForm } from './nameForm.ts';
import { spanOf, type Row } from './rows.ts';

/** What stands behind 名称 on a licence; 材料名称 and the like are names of something else. */
const LABELLED = /(?:^|[ \t]|企业|单位|公司)名[ \t]*称[ \t:,"'、]*([^\t:]{4,60})/g;
/** What ends like an enterprise's name; where it begins is not to be seen. */
const ENDING =
	/[\p{Script=Han}()\w ]{2,40}?(?:公司(?:[\p{Script=Han} ]{0,12}分公司)?|合伙企业|事务所|合作社|集团)(?:\([^()]{2,8}合伙\))?/gu;
/** Of a hundred signs so many may differ where it still is likely the same name. */
const NEAR = 0.2;

/**
 * Names of enterprises in a row that are worth comparing: the ones with the label 名称, and others that are `expected`
 * or nearly so. Other enterprises named on a paper say nothing of this case.
 */
export function findNames(row: Row, expected: string): Spotted[] {
	const found: Spotted[] = [];
	const add = (from: number, text: string) => {
		const { box, confidence } = spanOf(row, from, from + text.length);
		if (found.some((one) => one.box.x < box.x + box.width && box.x < one.box.x + one.box.width)) return;
		found.push({ kind: 'name', text: closed(text), box, confidence, sound: true, resolved: false });
	};
	for (const match of row.text.matchAll(LABELLED)) {
		const value = match[1] ?? '';
		add(match.index + match[0].length - value.length, value.trimEnd());
	}
	for (const match of row.text.matchAll(ENDING)) {
		const text = nearest(match[0], nameForm(expected));
		if (text !== undefined) add(match.index + match[0].length - text.length, text);
	}
	return found;
}

/** Print is set with small gaps, which mean nothing. */
const closed = (text: string) => text.replaceAll(/(?<=[\p{Script=Han}()]) | (?=[\p{Script=Han}()])/gu, '');

/** The ending of a text that is most like the name, if it is like it at all. */
function nearest(text: string, wanted: string): string | undefined {
	const most = Math.floor(wanted.length * NEAR);
	let best: { text: string; off: number } | undefined;
	for (let from = 0; from < text.length; from++) {
		const ending = text.slice(from);
		if (ending.startsWith(' ')) continue;
		const off = distance(nameForm(ending), wanted, most);
		if (off <= most && (!best || off < best.off)) best = { text: ending, off };
	}
	return best?.text;
}
