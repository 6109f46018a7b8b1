import type { Mark, Marks } from '@counter-hub/shared/annotations/marks.ts';

export const marksOnStill = ({ marks }: Pick<Marks, 'marks'>, stillId: string): Mark[] =>
	marks.filter(({ on }) => on.kind === 'still' && on.stillId === stillId);
