import { z } from 'zod';
import { holdsPersonalNumber } from '../codes/personalNumbers.ts';
import { staffId } from '../ids/ids.ts';
import { stillId, stillMaterialNo } from '../stills/stills.ts';
import { CODE_TEXT_MAX, findingKind, picturePlace, type FindingKind } from './findings.ts';

/**
 * How what was read stands to the case: 一致, 不一致, 看不准 (it does not check itself, or is faint), or there is nothing to
 * compare it with; `misread`: a person says that it is not what stands there.
 */
const readingResult = z.enum(['match', 'differs', 'unsure', 'none', 'misread']).meta({ id: 'ReadingResult' });
export type ReadingResult = z.infer<typeof readingResult>;

/** Of a person, as far as it may stand in an event. */
const MASKED: Partial<Record<FindingKind, RegExp>> = {
	citizenId: /^(?:\d{6}\*{8}\d{3}[\dX])?$/,
	phone: /^(?:\d{3}\*{4}\d{4})?$/,
};

/** A finding as it is kept. Its text never holds a number of a person: that is masked, or left out. */
export const recordedFinding = z
	.strictObject({
		kind: findingKind,
		text: z.string().max(CODE_TEXT_MAX, { abort: true }),
		place: picturePlace,
		result: readingResult,
	})
	.superRefine(({ kind, text }, context) => {
		if (!holdsPersonalNumber(text) && (MASKED[kind]?.test(text) ?? true)) return;
		context.addIssue({
			code: 'custom',
			path: ['text'],
			message: 'holds an ID number or a mobile number',
			params: { error: 'personalNumber' },
		});
	})
	.meta({ id: 'RecordedFinding' });
export type RecordedFinding = z.infer<typeof recordedFinding>;

/** What a person makes of a reading: 一致, 不一致, or the reading was wrong. */
export const readingVerdict = z.enum(['matches', 'differs', 'misread']).meta({ id: 'ReadingVerdict' });
export type ReadingVerdict = z.infer<typeof readingVerdict>;

/** What an event keeps of it. */
export const readingDecision = z.object({
	stillId,
	materialNo: stillMaterialNo,
	findings: z.array(recordedFinding),
	decision: readingVerdict,
	note: z.string(),
});

/** The last decision on a still. */
export const decidedReading = readingDecision
	.extend({ by: staffId.nullable(), byName: z.string().nullable(), at: z.iso.datetime() })
	.meta({ id: 'DecidedReading' });
export type DecidedReading = z.infer<typeof decidedReading>;
