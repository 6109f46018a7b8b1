import type { Material } from '../catalogue/catalogue.ts';
import type { NoticeEntry, Review, ReviewMark } from './reviews.ts';

/** How a material stands: 合格, 需补正, 未审, or 不需提交. */
export type Standing = 'pass' | 'fix' | 'open' | 'notNeeded';

export function standingOf({ conditional }: Material, mark: ReviewMark | undefined): Standing {
	if (conditional && mark?.needed === false) return 'notNeeded';
	return mark?.verdict ?? 'open';
}

export interface Tally {
	readonly passed: number;
	readonly toFix: number;
	/** Not decided. A conditional material counts until somebody has said that it is not needed. */
	readonly open: number;
	/** Numbers of the open ones, in order. */
	readonly openNos: readonly number[];
}

export function tallyOf(materials: readonly Material[], review: Review): Tally {
	const standings = materials.map((material) => ({
		no: material.no,
		standing: standingOf(material, review.marks[material.no]),
	}));
	const count = (which: Standing) => standings.filter(({ standing }) => standing === which).length;
	const openNos = standings.filter(({ standing }) => standing === 'open').map(({ no }) => no);
	return { passed: count('pass'), toFix: count('fix'), open: openNos.length, openNos };
}

/** Whether anybody has marked anything in this round. */
export const isBegun = ({ marks, round }: Review): boolean =>
	Object.values(marks).some((mark) => mark.round === round);

/**
 * The entries of the notice, from exactly those marks that ask for a correction, in the order of the item's list.
 * `stillsOf` names the stills that show a material. What is said beside the materials (`note`) stands in the notice only
 * where no material is to be corrected.
 */
export function noticeEntries(
	materials: readonly Material[],
	review: Review,
	stillsOf: (materialNo: number) => readonly string[],
	note: string,
): NoticeEntry[] {
	const entries = materials.flatMap((material) => {
		const mark = review.marks[material.no];
		if (!mark || standingOf(material, mark) !== 'fix') return [];
		const { reasons, bring } = mark;
		const { no, name } = material;
		return [{ materialNo: no, materialName: name, reasons, bring, stillIds: [...stillsOf(no)] }];
	});
	if (entries.length > 0 || note === '') return entries;
	return [{ materialNo: null, materialName: '', reasons: [note], bring: '', stillIds: [] }];
}
