import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { eventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import { eventData, type EventDraft } from '@counter-hub/shared/timeline/events.ts';

/**
 * The drafts of a new command as their schemas have them; what a schema does not name is left out. One that does not
 * fit is a fault of ours, and nothing of its command is written. What a command still had to append when it was cut
 * off is not looked at again: it was accepted with its first event.
 */
export function fitDrafts(drafts: readonly EventDraft[]): EventDraft[] {
	return drafts.map((draft) => {
		const schema = eventData[draft.type] as z.ZodType | undefined;
		if (!schema) throw misfit(`there is no event ‘${draft.type}’`);
		const actor = eventActor.safeParse(draft.actor);
		if (!actor.success) throw misfit(`the actor of ${draft.type}`, actor.error);
		const data = schema.safeParse(draft.data);
		if (!data.success) throw misfit(`the data of ${draft.type}`, data.error);
		return { ...draft, actor: actor.data, data: data.data } as EventDraft;
	});
}

const misfit = (what: string, cause?: z.ZodError) =>
	new AppError('internal', { detail: `${what} does not fit`, expose: false, cause });
