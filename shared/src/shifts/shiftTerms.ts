import { z } from 'zod';
import { checkItem } from '../checks/items.ts';
import { cityCode } from '../cities/cities.ts';
import { caseId, counterId, sessionId, uuid, windowId } from '../ids/ids.ts';
import { dutyPost } from '../rota/slots.ts';

export const SHIFT_LIMITS = {
	/** Characters of whatever somebody writes. */
	text: { least: 2, most: 200 },
	/** Seals and documents that are handed over at once, of each kind. */
	things: 30,
	/** Cases that are handed over at once. */
	cases: 200,
	/** Days that attendance is read of at once. */
	days: 31,
} as const;

export const shiftId = uuid.describe('A shift 当班 of one person, from opening to close');

/** 用餐 · 会议 · 培训 · 外出办事 · 其他 */
export const pauseReason = z.enum(['meal', 'meeting', 'training', 'errand', 'other']).meta({
	id: 'PauseReason',
});
export type PauseReason = z.infer<typeof pauseReason>;

/** What the window's check of that day came to when the shift was opened (L6). */
export const checkResult = z
	.object({
		/** Everything that is needed was looked at, and works. */
		checked: z.boolean(),
		/** Items that failed. */
		faults: z.array(checkItem),
		/** Cities to which the line failed. */
		lines: z.array(cityCode),
	})
	.meta({ id: 'CheckResult' });
export type CheckResult = z.infer<typeof checkResult>;

/** Whether a shift opens on it without a reason. */
export const isPassed = ({ checked, faults, lines }: CheckResult): boolean =>
	checked && faults.length === 0 && lines.length === 0;

const text = z.string();
/** What passes from one person to another (S4.4c). `key` is its name within the handover. */
export const thing = z
	.discriminatedUnion('kind', [
		z.object({ key: text, kind: z.literal('session'), caseId, sessionId }),
		z.object({ key: text, kind: z.literal('case'), caseId }),
		z.object({ key: text, kind: z.literal('seal'), text }),
		z.object({ key: text, kind: z.literal('document'), text }),
	])
	.meta({ id: 'HandoverThing' });
export type Thing = z.infer<typeof thing>;

/** 待确认 · 已确认 · 被拒 · 撤回 · 无人确认 */
export const handoverState = z
	.enum(['offered', 'done', 'declined', 'withdrawn', 'lapsed'])
	.meta({ id: 'HandoverState' });
export type HandoverState = z.infer<typeof handoverState>;

/** Where a shift is kept. */
export const shiftPlace = { counterId, cityCode, windowId, date: z.iso.date(), post: dutyPost.nullable() };
