import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { LIMITS } from '../limits/limits.ts';
import { eventView } from '../timeline/eventView.ts';

/** What is written in a call 聊天. It stays on the case, so that it must not name the applicant. */
export const chatText = freeText(1, LIMITS.noteLength);

export const chatQuery = z.strictObject({
	/** Only what was said before this sequence number of the case's timeline. Without it: the newest. */
	before: z.coerce.number().int().min(1).optional(),
	limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
});
/** What was said in the calls of a case; events in ascending order. `more`: there is earlier talk. */
export const chatPage = z.object({ said: z.array(eventView), more: z.boolean() }).meta({ id: 'ChatPage' });
