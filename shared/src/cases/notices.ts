import { z } from 'zod';
import { caseId } from '../ids/ids.ts';

export const caseNotices = {
	/** A case of this person's counter appeared or changed its state; lists may offer to reload. */
	'case:changed': z.object({ caseId, state: z.string() }),
	/** The hub has ended the view: the person's post may not read the case any more. Whoever asks again is told why. */
	'case:watchEnded': z.object({ caseId }),
} as const;
