import type { MarkSubject } from '@counter-hub/shared/annotations/marks.ts';
import type { CallScene } from '#features/sessions/CallScene.svelte.ts';

/** What a mark that is made now stands on; null while the stage shows nothing. */
export function subjectOn({
	stage,
	materialNo,
}: Pick<CallScene, 'stage' | 'materialNo'>): MarkSubject | null {
	const { subject, paperNo } = stage;
	if (subject?.kind !== 'live') return subject;
	const { participantId, source } = subject;
	// Only a document is watched for movements, and called up as a material.
	const isDocument = source === 'document';
	return {
		kind: 'live',
		participantId,
		source,
		paper: isDocument ? paperNo : 0,
		materialNo: isDocument ? materialNo : null,
	};
}
