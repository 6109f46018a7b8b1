import { describe, expect, test } from 'vitest';
import { LINK_LIMITS, linkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import {
	LIMIT_KEYS,
	LIMIT_MAX,
	readLimits,
	textsOf,
	type LimitTexts,
} from '../../web/src/features/links/limits/limitTexts.ts';

const texts = (change: Partial<LimitTexts> = {}): LimitTexts => ({ ...textsOf(LINK_LIMITS), ...change });

describe('L4 the limits of a city as somebody types them', () => {
	test('what stands there is read as it was', () => {
		expect(readLimits(texts())).toEqual({ value: LINK_LIMITS, faults: null });
		expect(readLimits(texts({ lossPercent: { warn: ' 1.5', fail: '１０' } }))).toMatchObject({
			value: { lossPercent: { warn: 1.5, fail: 10 } },
		});
	});

	test.each(['', 'x', '-1', '1e3', '1,5', '101', '1.'])('“%s” is no percentage', (warn) => {
		expect(readLimits(texts({ lossPercent: { warn, fail: '100' } }))).toEqual({
			faults: { lossPercent: { warn: 'number' } },
		});
	});

	test('the failing limit is beyond the warning one: frames count downwards', () => {
		expect(readLimits(texts({ jitterMs: { warn: '90', fail: '10' } })).faults).toEqual({
			jitterMs: { fail: 'order' },
		});
		expect(readLimits(texts({ framesPerSecond: { warn: '5', fail: '12' } })).faults).toEqual({
			framesPerSecond: { fail: 'order' },
		});
		expect(readLimits(texts({ jitterMs: { warn: '50', fail: '50' } })).faults).toBeNull();
	});

	test('the greatest number is the one that the hub takes', () => {
		for (const key of LIMIT_KEYS) {
			const limits = (fail: number) => ({ ...LINK_LIMITS, [key]: { warn: fail, fail } });
			expect(linkLimits.safeParse(limits(LIMIT_MAX[key])).success, key).toBe(true);
			expect(linkLimits.safeParse(limits(LIMIT_MAX[key] + 1)).success, key).toBe(false);
		}
	});
});
