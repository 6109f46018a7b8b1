import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { dutyOf } from '@counter-hub/shared/rota/duty.ts';
import { weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { halfAt, mondayOf } from '@counter-hub/shared/rota/week.ts';
import type { HubContext } from '../../HubContext.ts';
import { membersOf } from './members.ts';
import { readRota } from './rotaPlace.ts';

interface WindowOnDuty {
	readonly windowId: string;
	/** Who is at the post, or nobody. */
	readonly a: string | null;
	readonly b: string | null;
}

/** Ids of the staff on duty at a counter. */
export interface OnDuty {
	/** On post A of any window. */
	readonly a: readonly string[];
	/** On post B of any window: who takes over from A. */
	readonly b: readonly string[];
	/** The windows that serve, in the order of their numbers. */
	readonly windows: readonly WindowOnDuty[];
}

const NOBODY: OnDuty = { a: [], b: [], windows: [] };

/**
 * Who is on duty at a counter at an instant (ms since 1970), by its published rota (S4.2): substitutes in place of those
 * on leave, and nobody who has left the counter. Nobody where no rota is published for that week, or the day is not served.
 */
export async function dutyAt(hub: HubContext, counterId: string, at: number): Promise<OnDuty> {
	const date = shanghaiDate(at);
	const rota = await readRota(hub, { counterId, monday: mondayOf(date) });
	if (!rota?.published) return NOBODY;
	const members = new Set((await membersOf(hub, counterId)).map(({ _id }) => _id));
	const half = halfAt(at);
	const present = dutyOf(rota, weekdayOf(date), (id) => members.has(id)).filter((one) => one.half === half);
	const windows = [...Map.groupBy(present, ({ windowId }) => windowId)].map(([windowId, posts]) => ({
		windowId,
		a: posts.find(({ post }) => post === 'a')?.staffId ?? null,
		b: posts.find(({ post }) => post === 'b')?.staffId ?? null,
	}));
	return {
		a: windows.flatMap(({ a }) => a ?? []),
		b: windows.flatMap(({ b }) => b ?? []),
		windows,
	};
}
