import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import type { FormDraft, Unsaid } from './FormDraft.model.ts';
import { formDrafts } from './FormDrafts.ts';

export const SAY_SWEEP_MS = 5_000;
/** Drafts that one sweep looks at. */
const DUE_MAX = 100;

/**
 * Tells the timelines which fields were written since they were told last, once the pen has rested: one event for each
 * person and rest, not one for each stroke. The command's id follows from the revision, so that hubs that look at the
 * same moment, or one that died in between, tell it once.
 */
export async function sayChanges(hub: HubContext): Promise<void> {
	const now = new Date(hub.now());
	for (const draft of await formDrafts(hub).due(now, DUE_MAX)) {
		for (const [staffId, unsaid] of Object.entries(draft.unsaid)) await say(hub, draft, staffId, unsaid);
		await formDrafts(hub).said(draft, now);
	}
}

async function say(
	hub: HubContext,
	{ caseId, formId, revision }: FormDraft,
	staffId: string,
	{ actor, sessionId, paths }: Unsaid,
): Promise<void> {
	const data = { formId, revision, fields: [...paths] };
	const about = sessionId === null ? {} : { about: { sessionId } };
	await timeline(hub).append({
		subject: subjectOfCase(caseId),
		commandId: `form:${formId}:saved:${revision}:${staffId}`,
		decide: () => [{ type: 'form.saved', data, actor, ...about }],
	});
}
