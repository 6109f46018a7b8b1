import { expect, test } from 'vitest';
import { growth } from './MemoryLog.ts';

test('growth goes by the line through all samples, not by the first and the last', () => {
	const steady = [100, 104, 96, 104, 96, 100].map((bytes, at) => ({ at, bytes }));
	expect(Math.abs(growth(steady))).toBeLessThan(0.03);
	const rising = [100, 101, 102, 103, 104, 105].map((bytes, at) => ({ at, bytes }));
	expect(growth(rising)).toBeCloseTo(0.05);
	expect(growth([])).toBe(0);
});
