import { z } from 'zod';
import { blobKind, blobScan, sha256 } from '../blobs/blobs.ts';
import { freeText } from '../codes/freeText.ts';
import { commandId, staffId, uuid } from '../ids/ids.ts';
import { QUALIFICATION_LIMITS } from './qualificationLimits.ts';

/** induction 岗前培训 · inService 在岗培训 · exam 业务考核 (S4.3) */
export const qualificationKind = z.enum(['induction', 'inService', 'exam']).meta({ id: 'QualificationKind' });
export type QualificationKind = z.infer<typeof qualificationKind>;

export const qualificationId = uuid.describe('A record of training or an exam of one person');

/** What a record says; it never changes. Days are those of Shanghai, `2026-11-23`. */
export const qualificationContent = z.object({
	qualificationId,
	kind: qualificationKind,
	title: z.string(),
	passedOn: z.iso.date(),
	/** The last day on which it counts; null: without end. */
	validUntil: z.iso.date().nullable(),
	/** `合格`, `92 分`. */
	result: z.string(),
	/** A certificate or a list of results. */
	proof: z.object({ sha256, size: z.int().min(1), kind: blobKind, scan: blobScan }).nullable(),
});
export type QualificationContent = z.infer<typeof qualificationContent>;

/** Who did it, null for the hub itself; the name is looked up when shown. */
const by = z.object({ staffId, name: z.string().nullable() }).nullable();

const qualification = z
	.object({
		...qualificationContent.shape,
		recordedAt: z.iso.datetime(),
		recordedBy: by,
		/** Struck out 作废: it stays on record and counts no more. */
		struck: z.object({ reason: z.string(), at: z.iso.datetime(), by }).nullable(),
	})
	.meta({ id: 'Qualification' });
export type Qualification = z.infer<typeof qualification>;

/** The records of a person, the last one passed first, and which kinds his city asks for. */
export const qualificationsOfStaff = z
	.object({ staffId, records: z.array(qualification), required: z.array(qualificationKind) })
	.meta({ id: 'QualificationsOfStaff' });
export type QualificationsOfStaff = z.infer<typeof qualificationsOfStaff>;

export const recordQualificationBody = z
	.strictObject({
		/** Names the record too. */
		commandId,
		kind: qualificationKind,
		title: freeText(2, QUALIFICATION_LIMITS.titleLength),
		passedOn: z.iso.date(),
		validUntil: z.iso.date().nullable(),
		result: freeText(1, QUALIFICATION_LIMITS.resultLength),
		/** Of bytes that this person has uploaded within the last day. */
		proof: sha256.nullable(),
	})
	.refine(({ passedOn, validUntil }) => validUntil === null || validUntil >= passedOn, {
		path: ['validUntil'],
		error: 'before the day on which it was passed',
		params: { error: 'qualificationEndsEarly' },
	});
export type RecordQualificationBody = z.infer<typeof recordQualificationBody>;

export const strikeQualificationBody = z.strictObject({
	commandId,
	reason: freeText(4, QUALIFICATION_LIMITS.reasonLength),
});
export type StrikeQualificationBody = z.infer<typeof strikeQualificationBody>;
