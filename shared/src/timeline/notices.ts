import { z } from 'zod';
import { caseId } from '../ids/ids.ts';
import { eventView } from './eventView.ts';

export const timelineNotices = {
	/** Appended events of one watched case, in order. */
	'timeline:events': z.object({ caseId, events: z.array(eventView) }),
	/** Heads of the watched cases, every ten seconds. */
	'timeline:heads': z.object({ heads: z.record(z.string(), z.int()) }),
} as const;
