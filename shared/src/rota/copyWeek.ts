import type { PlanChange } from './bodies.ts';
import { movesBetween, withChange } from './planning.ts';
import type { Assignment, Plan } from './rota.ts';

/** Why somebody's slot of the other week is not in this one. */
export type NotCopied = Assignment & { why: 'left' | 'dayNotServed' | 'windowNotServed' };

interface CopiedWeek {
	/** All that changes in this week; its days stay as they are. */
	readonly change: PlanChange;
	readonly notCopied: readonly NotCopied[];
}

/**
 * Another week's windows and people in a week that is not published yet: whom that week names, not who stood in for him.
 * @param openWindows windows of the counter that serve at all, in the order of their numbers
 * @param isHere whether somebody still works at the counter
 */
export function copyWeek(
	source: Plan,
	plan: Plan,
	openWindows: readonly string[],
	isHere: (staffId: string) => boolean,
): CopiedWeek {
	const common = openWindows.filter((id) => source.servedWindows.includes(id));
	const servedWindows = common.length > 0 ? common : [...plan.servedWindows];
	const whyNot = ({ windowId, day, staffId }: Assignment): NotCopied['why'] | null => {
		if (!servedWindows.includes(windowId)) return 'windowNotServed';
		if (!plan.servedDays.includes(day)) return 'dayNotServed';
		return isHere(staffId) ? null : 'left';
	};
	const judged = source.assigned.map((one) => ({ one, why: whyNot(one) }));
	const assigned = judged.flatMap(({ one, why }) => (why === null ? [one] : []));
	const moves = movesBetween(plan, withChange({ ...plan, servedWindows, assigned }, { slots: [] }));
	return {
		change: {
			servedWindows,
			slots: moves.map(({ windowId, day, half, post, to }) => ({ windowId, day, half, post, staffId: to })),
		},
		notCopied: judged.flatMap(({ one, why }) => (why === null ? [] : [{ ...one, why }])),
	};
}
