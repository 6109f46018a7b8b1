import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId, sessionId } from '../ids/ids.ts';
import { eventView } from '../timeline/eventView.ts';
import { decidedReading, readingVerdict, recordedFinding } from './decisions.ts';
import { FINDINGS_MAX } from './findings.ts';

export const NOTE_MAX = 200;

export const decideReadingBody = z.strictObject({
	commandId,
	/** The call in which it is decided; null outside one. */
	sessionId: sessionId.nullable(),
	findings: z.array(recordedFinding).min(1).max(FINDINGS_MAX),
	decision: readingVerdict,
	note: freeText(0, NOTE_MAX),
});
export type DecideReadingBody = z.infer<typeof decideReadingBody>;

/** The last decision on each still of a case, and the sequence number up to which its timeline is in them. */
export const readingList = z
	.object({ state: z.array(decidedReading), seq: z.int() })
	.meta({ id: 'ReadingList' });
export const readingDecided = z.object({ events: z.array(eventView) });
