import { z } from 'zod';
import { caseId } from '../ids/ids.ts';

export const caseNotices = {
	/** A case of this person's counter appeared or changed its state; lists may offer to reload. */
	'case:changed': z.object({ caseId, state: z.string() }),
} as const;
