import type { Mark } from '@counter-hub/shared/annotations/marks.ts';

/** Which paper a mark lies on; 0 where that is not known, and on what is never moved. */
const paperOf = ({ on }: Pick<Mark, 'on'>): number => (on.kind === 'live' ? on.paper : 0);

/**
 * The marks of a picture that lie on the paper of now: those of earlier ones are left out. While the number of the paper
 * is not known here (0) it is taken to be the latest that was marked; a mark whose paper was not known stays.
 */
export function onPaper<M extends Pick<Mark, 'on'>>(marks: readonly M[], present: number): readonly M[] {
	const here = present > 0 ? present : marks.reduce((most, mark) => Math.max(most, paperOf(mark)), 0);
	return marks.filter((mark) => paperOf(mark) === 0 || paperOf(mark) >= here);
}
