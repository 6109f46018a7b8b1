import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import {
	DEFAULT_WEEK,
	HOURS_LIMITS,
	type Hours,
	type HoursException,
	type Week,
} from '@counter-hub/shared/hours/hours.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection, TimelineEvent } from '../timeline/types.ts';

/** What has been set for a counter; a counter for which nothing was set has no document. */
export interface HoursState {
	/** Counts the changes. */
	version: number;
	/** Null while only exceptions were set. */
	week: Week | null;
	exceptions: readonly HoursException[];
	changed: { at: Date; staffId: string | null };
}

const NOTHING = { version: 0, week: null, exceptions: [] } as const;

/** The hours of counters: the fold of what stands on the timelines `counter:<id>`. */
export const hoursProjection: Projection<HoursState> = {
	name: 'counter_hours',
	subjectKind: 'counter',
	by: 'subject',
	apply(state, event) {
		const before = state ?? NOTHING;
		const change = changeBy(event, before);
		if (!change) return state;
		const { at, actor } = event;
		const changed = { at, staffId: actor.kind === 'staff' ? actor.staffId : null };
		return { ...before, ...change, version: before.version + 1, changed };
	},
};

function changeBy(
	{ type, data, at }: TimelineEvent,
	{ exceptions }: Pick<HoursState, 'exceptions'>,
): Partial<HoursState> | undefined {
	if (type === 'hours.weekSet') return { week: data.week };
	if (type === 'hours.exceptionLifted') {
		return { exceptions: exceptions.filter(({ date }) => date !== data.date) };
	}
	if (type !== 'hours.exceptionSet') return undefined;
	const oldest = addDays(shanghaiDate(at.getTime()), -HOURS_LIMITS.keepDays);
	const others = exceptions.filter(({ date }) => date !== data.date && date >= oldest);
	return { exceptions: [...others, data].sort((a, b) => (a.date < b.date ? -1 : 1)) };
}

/** What a counter's hours are, set or not. */
export const hoursFrom = (state: HoursState | undefined): Hours => ({
	week: state?.week ?? DEFAULT_WEEK,
	exceptions: state?.exceptions ?? [],
});

export const hoursStateOf = (hub: HubContext, counterId: string): Promise<HoursState | undefined> =>
	timeline(hub).state(hoursProjection, counterId);
