import { describe, expect, it } from 'vitest';
import type { Material } from '@counter-hub/shared/catalogue/catalogue.ts';
import { applyReviewEvent } from '@counter-hub/shared/reviews/applyReviewEvent.ts';
import { noticeEntries, standingOf, tallyOf } from '@counter-hub/shared/reviews/judge.ts';
import { NO_REVIEW, type MarkContent, type Review } from '@counter-hub/shared/reviews/reviews.ts';

const MATERIALS: Material[] = [
	{ no: 1, name: '变更申请书', conditional: false },
	{ no: 2, name: '任免文件', conditional: false },
	{ no: 3, name: '章程修正案', conditional: true },
];
const BLANK = { needed: null, neededWhy: '', reasons: [], bring: '' };

const marked = (review: Review, mark: Partial<MarkContent> & Pick<MarkContent, 'materialNo'>): Review =>
	applyReviewEvent(review, {
		type: 'review.marked',
		at: '2026-11-23T02:00:00.000Z',
		actor: { kind: 'system', by: 'hub' },
		data: { verdict: null, ...BLANK, ...mark, round: review.round },
	});

describe('V7 what the marks say', () => {
	it('V7 the last mark of a material counts', () => {
		const first = marked(NO_REVIEW, { materialNo: 2, verdict: 'fix', reasons: ['缺页'] });
		const second = marked(first, { materialNo: 2, verdict: 'pass' });
		expect(second.marks['2']).toMatchObject({ verdict: 'pass', reasons: [] });
		expect(first.marks['2']).toMatchObject({ verdict: 'fix' });
	});

	it('V7 a conditional material is open until somebody says whether it is needed; one that is not needed counts nowhere', () => {
		const [, , third] = MATERIALS as [Material, Material, Material];
		expect(standingOf(third, undefined)).toBe('open');
		const without = marked(NO_REVIEW, { materialNo: 3, needed: false, neededWhy: '章程未载明姓名' });
		expect(tallyOf(MATERIALS, without)).toEqual({ passed: 0, toFix: 0, open: 2, openNos: [1, 2] });
	});

	it('V7 the notice has exactly the marks that ask for a correction, in the order of the list, nothing retyped and nothing missing', () => {
		let review = marked(NO_REVIEW, {
			materialNo: 3,
			verdict: 'fix',
			needed: true,
			reasons: ['缺页', '未签字'],
		});
		review = marked(review, { materialNo: 1, verdict: 'pass' });
		review = marked(review, {
			materialNo: 2,
			verdict: 'fix',
			reasons: ['日期未填写'],
			bring: '补填后的原件',
		});
		const stillsOf = (no: number) => (no === 2 ? ['s-1', 's-2'] : []);
		expect(noticeEntries(MATERIALS, review, stillsOf, '给窗口的话')).toEqual([
			{
				materialNo: 2,
				materialName: '任免文件',
				reasons: ['日期未填写'],
				bring: '补填后的原件',
				stillIds: ['s-1', 's-2'],
			},
			{ materialNo: 3, materialName: '章程修正案', reasons: ['缺页', '未签字'], bring: '', stillIds: [] },
		]);
		expect(noticeEntries(MATERIALS, NO_REVIEW, stillsOf, '请补交授权书')).toMatchObject([
			{ materialNo: null, reasons: ['请补交授权书'] },
		]);
	});

	it('V7 after a notice the next round opens what was to be corrected, says what was asked, and keeps what was in order', () => {
		let review = marked(NO_REVIEW, { materialNo: 1, verdict: 'pass' });
		review = marked(review, { materialNo: 2, verdict: 'fix', reasons: ['日期未填写'] });
		const base = { at: '2026-11-23T02:10:00.000Z', actor: { kind: 'system', by: 'hub' } } as const;
		review = applyReviewEvent(review, {
			...base,
			type: 'review.ended',
			data: { round: 1, conclusion: 'correction', passed: 1, toFix: 1, open: 1 },
		});
		review = applyReviewEvent(review, {
			...base,
			type: 'review.noticeIssued',
			data: {
				noticeId: '018f3c5e-0000-7000-8000-000000000001',
				noticeNo: 'SJ-1-B1',
				publicId: 'AAAAAAAAAAAAAAAAAAAAAA',
				round: 1,
				entries: noticeEntries(MATERIALS, review, () => [], ''),
			},
		});
		expect(review.round).toBe(2);
		expect(review.marks['1']).toMatchObject({ verdict: 'pass' });
		expect(review.marks['2']).toMatchObject({ verdict: null, reasons: [] });
		expect(review.asked['2']).toMatchObject({ reasons: ['日期未填写'], round: 1 });
		expect(review.rounds).toMatchObject([{ round: 1, notice: { noticeNo: 'SJ-1-B1' } }]);
	});
});
