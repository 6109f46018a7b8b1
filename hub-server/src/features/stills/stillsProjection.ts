import { applyStillEvent, type Stills } from '@counter-hub/shared/stills/applyStillEvent.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

interface CaseStills {
	stills: Stills;
}

/** The stills of each case that has any. */
export const stillsProjection: Projection<CaseStills> = {
	name: 'case_stills',
	subjectKind: 'case',
	by: 'subject',
	apply(state, { type, data, at, about }) {
		const before = state?.stills ?? NONE;
		const stills = applyStillEvent(before, { type, data, at: at.toISOString(), about });
		return stills === before ? state : { stills };
	},
};
const NONE: Stills = [];

/** All stills of a case with everything that was acknowledged, in the order in which they were taken. */
export async function getStills(hub: HubContext, caseId: string): Promise<Stills> {
	return (await readStills(hub, caseId)).state;
}

/** With the sequence number up to which the timeline is in them. */
export async function readStills(hub: HubContext, caseId: string): Promise<{ state: Stills; seq: number }> {
	const { state, seq } = await timeline(hub).projections.read(stillsProjection, caseId);
	return { state: state?.stills ?? NONE, seq };
}
