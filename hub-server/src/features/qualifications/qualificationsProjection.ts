import type { QualificationContent } from '@counter-hub/shared/qualifications/qualifications.ts';
import type { Projection } from '../timeline/types.ts';

/** A record as the timeline has it; names of people are looked up when shown. */
export interface QualificationRecord extends QualificationContent {
	recordedAt: Date;
	recordedBy: string | null;
	struck: { reason: string; at: Date; by: string | null } | null;
}

/** Training and exams of a person, in the order in which they were recorded; for those who have any. */
export const qualificationsProjection: Projection<{ records: readonly QualificationRecord[] }> = {
	name: 'staff_qualifications',
	subjectKind: 'staff',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		const by = actor.kind === 'staff' ? actor.staffId : null;
		const records = state?.records ?? [];
		if (type === 'qualification.recorded')
			return { records: [...records, { ...data, recordedAt: at, recordedBy: by, struck: null }] };
		if (type !== 'qualification.struck') return state;
		const struck = { reason: data.reason, at, by };
		return {
			records: records.map((one) =>
				one.qualificationId === data.qualificationId ? { ...one, struck } : one,
			),
		};
	},
};
