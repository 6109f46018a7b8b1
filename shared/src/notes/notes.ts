import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId } from '../ids/ids.ts';
import { LIMITS } from '../limits/limits.ts';
import { eventView } from '../timeline/eventView.ts';

/** A note 备注 on a case, which both counters see. It must not name the applicant. */
export const noteBody = z.strictObject({ commandId, text: freeText(1, LIMITS.noteLength) });
export type NoteBody = z.infer<typeof noteBody>;

export const noteQuery = z.strictObject({
	/** Only notes before this sequence number of the case's timeline. Without it: the newest. */
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
/** Notes are events; here in ascending order. `more`: there are earlier ones. */
export const notePage = z.object({ notes: z.array(eventView), more: z.boolean() }).meta({ id: 'NotePage' });
/** What was written; the same again when the same command comes twice. */
export const noteWritten = z.object({ events: z.array(eventView) });
