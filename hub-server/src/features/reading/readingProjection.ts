import { applyReadingEvent, type Readings } from '@counter-hub/shared/reading/applyReadingEvent.ts';
import type { readingList } from '@counter-hub/shared/reading/bodies.ts';
import type { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

interface CaseReadings {
	readings: Readings;
}
const NONE: Readings = [];

/** The last decision on each still of a case that was read. */
export const readingProjection: Projection<CaseReadings> = {
	name: 'case_readings',
	subjectKind: 'case',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		const before = state?.readings ?? NONE;
		const readings = applyReadingEvent(before, { type, data, at: at.toISOString(), actor });
		return readings === before ? state : { readings };
	},
};

/**
 * With everything that was acknowledged, and the sequence number up to which the timeline is in it. The names of those
 * who decided are looked up: events do not hold them.
 */
export async function readReadings(hub: HubContext, caseId: string): Promise<z.infer<typeof readingList>> {
	const { state, seq } = await timeline(hub).projections.read(readingProjection, caseId);
	const readings = state?.readings ?? NONE;
	const names = await staffNames(hub).of(readings.flatMap(({ by }) => by ?? []));
	return { state: readings.map((one) => ({ ...one, byName: names.get(one.by ?? '') ?? null })), seq };
}
