import { applyFileEvent, type SharedFiles } from '@counter-hub/shared/files/applyFileEvent.ts';
import type { Projection } from '../timeline/types.ts';

/** The files of a case, for those that have any. Names of people are looked up when shown. */
export const filesProjection: Projection<{ files: SharedFiles }> = {
	name: 'case_files',
	subjectKind: 'case',
	by: 'subject',
	apply(state, { type, data, at, actor, about }) {
		const before = state?.files ?? [];
		const files = applyFileEvent(before, {
			type,
			data,
			at: at.toISOString(),
			actor,
			actorName: null,
			about,
		});
		return files === before ? state : { files };
	},
};
