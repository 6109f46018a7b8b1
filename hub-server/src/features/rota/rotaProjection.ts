import { leaveFrom, withLeave, withoutLeave, withSubstitute } from '@counter-hub/shared/rota/leaves.ts';
import { movesBetween, withChange } from '@counter-hub/shared/rota/planning.ts';
import {
	ROTA_LIMITS,
	type Assignment,
	type Plan,
	type RotaChange,
	type SlotMove,
} from '@counter-hub/shared/rota/rota.ts';
import type { Slot } from '@counter-hub/shared/rota/slots.ts';
import type { Projection, TimelineEvent } from '../timeline/types.ts';

/** The rota of a counter and week as it stands. Names of people are looked up when shown. */
export interface Rota extends Plan {
	/** Number of its last event. */
	readonly version: number;
	/** Null while it is a draft; `assigned` as it was then. */
	readonly published: { at: string; by: string | null; assigned: readonly Assignment[] } | null;
	/** The last ones after the publication, in order. */
	readonly changes: readonly RotaChange[];
	readonly last: { at: string; by: string | null };
}

const EMPTY: Omit<Rota, 'version' | 'last'> = {
	servedDays: [],
	servedWindows: [],
	assigned: [],
	leaves: [],
	published: null,
	changes: [],
};

/** Rotas by `<counter>~<monday>`. */
export const rotaProjection: Projection<Rota> = {
	name: 'rotas',
	subjectKind: 'rota',
	by: 'subject',
	apply(state, event) {
		const before = state ?? EMPTY;
		const step = stepOf(before, event);
		if (!step) return state;
		const last = {
			at: event.at.toISOString(),
			by: event.actor.kind === 'staff' ? event.actor.staffId : null,
		};
		const after = { ...before, ...step.plan, version: event.seq, last };
		if (step.kind === 'published') return { ...after, published: { ...last, assigned: after.assigned } };
		if (!before.published) return after;
		const change = { ...last, kind: step.kind, slots: step.slots, ...servedOf(before, after) };
		return { ...after, changes: [...before.changes, change].slice(-ROTA_LIMITS.changesTold) };
	},
};

/** What an event makes of a plan, and of which slots. */
interface Step {
	readonly kind: RotaChange['kind'] | 'published';
	readonly plan: Plan;
	readonly slots: SlotMove[];
}

/** Undefined where the event is none of a rota. */
function stepOf(before: Plan, { type, data }: TimelineEvent): Step | undefined {
	switch (type) {
		case 'rota.planned': {
			const plan = withChange(before, data);
			return { kind: 'planned', plan, slots: movesBetween(before, plan) };
		}
		case 'rota.published':
			return { kind: 'published', plan: before, slots: [] };
		case 'rota.leaveGiven': {
			const slots = data.slots.map(({ substituteId: to, ...one }) => ({ ...one, from: data.staffId, to }));
			return { kind: 'leave', plan: withLeave(before, data), slots };
		}
		case 'rota.substituted': {
			const { substituteId: to, ...one } = data;
			const from = leaveFrom(before, one)?.substituteId ?? null;
			return { kind: 'substituted', plan: withSubstitute(before, one, to), slots: [{ ...one, from, to }] };
		}
		case 'rota.leaveEnded': {
			const slots = data.slots.map((one) => endOfLeave(before, one));
			return { kind: 'leaveEnded', plan: withoutLeave(before, data.slots), slots };
		}
		default:
			return undefined;
	}
}

function endOfLeave(plan: Plan, one: Slot): SlotMove {
	const leave = leaveFrom(plan, one);
	return { ...one, from: leave?.substituteId ?? null, to: leave?.staffId ?? null };
}

/** Days and windows where they changed. */
function servedOf(before: Plan, { servedDays, servedWindows }: Plan) {
	return {
		servedDays: servedDays.join() === before.servedDays.join() ? null : [...servedDays],
		servedWindows: servedWindows.join() === before.servedWindows.join() ? null : [...servedWindows],
	};
}
