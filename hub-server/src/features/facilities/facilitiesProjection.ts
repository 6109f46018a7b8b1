import type { Site, WindowFacilities } from '@counter-hub/shared/facilities/facilities.ts';
import type { Projection } from '../timeline/types.ts';

/** What was recorded of one part, and how many times. */
interface Recorded<T> {
	version: number;
	record: T;
}

/** The facilities of a counter; one of which nothing was recorded has no document. */
interface FacilitiesState {
	site: Recorded<Site> | null;
	/** By window. */
	windows: Readonly<Record<string, Recorded<WindowFacilities>>>;
}

const NOTHING: FacilitiesState = { site: null, windows: {} };

/** The facilities of counters: the fold of what stands on the timelines `counter:<id>`. */
export const facilitiesProjection: Projection<FacilitiesState> = {
	name: 'counter_facilities',
	subjectKind: 'counter',
	by: 'subject',
	apply(state, { type, data }) {
		const before = state ?? NOTHING;
		if (type === 'facilities.siteRecorded') return { ...before, site: again(before.site, data) };
		if (type !== 'facilities.windowRecorded') return state;
		const { windowId, ...record } = data;
		return {
			...before,
			windows: { ...before.windows, [windowId]: again(before.windows[windowId], record) },
		};
	},
};

const again = <T>(before: Recorded<T> | null | undefined, record: T): Recorded<T> => ({
	version: (before?.version ?? 0) + 1,
	record,
});
