import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { caseId, commandId, sessionId, staffId, uuid } from '../ids/ids.ts';
import { conclusion } from '../sessions/sessionTerms.ts';

/** Limits of one mark; a list of materials has at most 99. */
export const REVIEW_LIMITS = {
	reasons: 12,
	reasonLength: 120,
	textLength: 200,
	/** Originals or copies of one material. */
	count: 99,
	/** Rounds that a case keeps in view. */
	rounds: 20,
} as const;

export const materialNo = z.int().min(1).max(99).describe('Number in the item’s list of materials');
const reason = z.string().max(REVIEW_LIMITS.reasonLength);
const text = z.string().max(REVIEW_LIMITS.textLength);
const count = z.int().min(0).max(REVIEW_LIMITS.count);

/** 合格 · 需补正. */
const verdict = z.enum(['pass', 'fix']).meta({ id: 'Verdict' });
export type Verdict = z.infer<typeof verdict>;

/** What the permit side says of one material (V7). Null: not decided. */
export const markContent = z.object({
	materialNo,
	verdict: verdict.nullable(),
	/** Of a conditional material: whether this application needs it. Always null for the others. */
	needed: z.boolean().nullable(),
	/** Why it is, or is not, needed. */
	neededWhy: text,
	/** What is wrong, each in a sentence of its own; stands in the notice as it is. */
	reasons: z.array(reason).max(REVIEW_LIMITS.reasons),
	/** What the applicant is to bring. */
	bring: text,
});
export type MarkContent = z.infer<typeof markContent>;

/** The same as it is asked for: what a person writes names nobody's numbers. */
const markOrder = z.strictObject({
	...markContent.shape,
	neededWhy: freeText(0, REVIEW_LIMITS.textLength),
	reasons: z.array(freeText(1, REVIEW_LIMITS.reasonLength)).max(REVIEW_LIMITS.reasons),
	bring: freeText(0, REVIEW_LIMITS.textLength),
});

/** Papers of one material that lie at the window. */
export const countContent = z.object({ materialNo, originals: count, copies: count });

export const noticeId = uuid.describe('A one-time notice 一次性告知（补正）');
/** Unguessable; whoever has it reads the notice without a sign-in, and nothing of the applicant. */
export const publicNoticeId = z.string().regex(/^[\w-]{22}$/);

/** One number of the notice. `materialNo` is null for what belongs to no material. */
const noticeEntry = z.object({
	materialNo: materialNo.nullable(),
	materialName: z.string(),
	reasons: z.array(z.string()),
	bring: z.string(),
	/** Stills that show it. */
	stillIds: z.array(uuid),
});
export type NoticeEntry = z.infer<typeof noticeEntry>;

/** 一次性告知（补正）: everything that is to be corrected, told once (行政许可法 第三十二条). */
export const notice = z
	.object({
		noticeId,
		noticeNo: z.string(),
		publicId: publicNoticeId,
		round: z.int().min(1),
		entries: z.array(noticeEntry),
	})
	.meta({ id: 'Notice' });
export type Notice = z.infer<typeof notice>;

const moment = z.iso.datetime();
const mark = markContent.extend({ by: staffId, byName: z.string().nullable(), at: moment, round: z.int() });
export type ReviewMark = z.infer<typeof mark>;

/** What the last notice asked of a material. */
const asked = noticeEntry.omit({ materialNo: true, materialName: true }).extend({ round: z.int() });

/** A round 轮次 that has ended. */
const endedRound = z.object({
	round: z.int(),
	conclusion,
	endedAt: moment,
	notice: notice.nullable(),
	/** SHA-256 of the notice's PDF, once it is filed. */
	pdfSha256: z.string().nullable(),
});
export type EndedRound = z.infer<typeof endedRound>;

/** The review of a case over all its calls: what is decided, what is open, and what was asked before. */
const review = z
	.object({
		round: z.int().min(1),
		/** The material that is to lie under the camera. */
		called: z.object({ materialNo, by: staffId, byName: z.string().nullable(), at: moment }).nullable(),
		/** By number of the material. */
		marks: z.record(z.string(), mark),
		counts: z.record(z.string(), countContent),
		/** What this round is about, where one came before. */
		asked: z.record(z.string(), asked),
		rounds: z.array(endedRound),
	})
	.meta({ id: 'Review' });
export type Review = z.infer<typeof review>;

export const NO_REVIEW: Review = { round: 1, called: null, marks: {}, counts: {}, asked: {}, rounds: [] };

export const reviewView = z.object({ state: review, seq: z.int() }).meta({ id: 'ReviewView' });

/** Reasons that are offered, by number of the material, the most used first. */
export const offeredReasons = z
	.object({ reasons: z.record(z.string(), z.array(z.string())) })
	.meta({ id: 'OfferedReasons' });

const inCase = { commandId, caseId, sessionId: sessionId.nullable() };
export const callOrder = z.strictObject({ ...inCase, materialNo });
export const markCommand = z.strictObject({
	...inCase,
	/** The round in which it is said; in a later one it does not hold. */
	round: z.int().min(1),
	mark: markOrder,
});
export const countCommand = z.strictObject({ ...inCase, count: z.strictObject(countContent.shape) });

/** What whoever has a notice's public address may know. */
export const publicNotice = z
	.object({
		noticeNo: z.string(),
		itemName: z.string(),
		permitCity: z.string(),
		receivingCounter: z.string(),
		issuedAt: moment,
		/** Everything was found in order since, or a later notice has taken its place. */
		state: z.enum(['open', 'superseded', 'passed']),
		entries: z.array(noticeEntry.pick({ materialName: true, reasons: true, bring: true })),
	})
	.meta({ id: 'PublicNotice' });
export type PublicNotice = z.infer<typeof publicNotice>;

/** What a city has decided of its reviews. */
export const reviewSettings = z
	.object({
		/** 合格 takes a still where the material has none. */
		stillOnPass: z.boolean(),
	})
	.meta({ id: 'ReviewSettings' });
export type ReviewSettings = z.infer<typeof reviewSettings>;
export const REVIEW_SETTINGS: ReviewSettings = { stillOnPass: true };
export const reviewSettingsBody = z.strictObject({ commandId, ...reviewSettings.shape });
