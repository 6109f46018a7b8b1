import { worksOn, type CaseSides } from '../cases/policy.ts';
import type { Actor } from '../people/Actor.ts';
import type { Mark } from './marks.ts';

export const annotationPolicy = {
	/** On a still. On a live picture one must be a party of that call, too, which the hub looks at. */
	drawMark: worksOn,
	/** One's own; what others drew only the permit side, whose review it is. */
	eraseMark: (actor: Actor, c: CaseSides, { by }: Pick<Mark, 'by'>) =>
		worksOn(actor, c) && (by.staffId === actor.staffId || actor.counterId === c.permitCounterId),
} as const;
