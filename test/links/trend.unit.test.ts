import { describe, expect, test } from 'vitest';
import type { LinkHistory } from '@counter-hub/shared/links/matrix.ts';
import { lastDays, roundTripTrend } from '../../web/src/features/links/trend.ts';

const day = (date: string, roundTripMs: number | null): LinkHistory['days'][number] => ({
	date,
	verdict: 'pass',
	worst: 'pass',
	roundTripMs,
	lossPercent: 0,
	measurements: 1,
});
const history = (...days: LinkHistory['days']) => ({ until: '2026-12-01', days });

describe('L4 how a link went', () => {
	test('the last days end today, over the end of a month, with gaps where nothing was measured', () => {
		const days = lastDays(history(day('2026-11-29', 40), day('2026-12-01', 42)), 4);
		expect(days.map(({ date, day: known }) => [date, known?.roundTripMs ?? null])).toEqual([
			['2026-11-28', null],
			['2026-11-29', 40],
			['2026-11-30', null],
			['2026-12-01', 42],
		]);
	});

	test('the line stands between round numbers, its points where their days are', () => {
		const trend = roundTripTrend(
			history(day('2026-11-02', 38), day('2026-11-16', 66), day('2026-12-01', 52)),
			30,
		);
		expect(trend).toMatchObject({ axis: { low: 30, high: 70 }, low: 38, high: 66 });
		expect(trend?.last).toEqual({ date: '2026-12-01', value: 52 });
		expect(trend?.points.map(({ x }) => x)).toEqual([0, 14 / 29, 1]);
		for (const { y, value } of trend?.points ?? []) expect(y).toBeCloseTo((70 - value) / 40);
	});

	test('one figure, and figures that are all alike, have an axis too', () => {
		for (const days of [[day('2026-12-01', 40)], [day('2026-11-30', 0), day('2026-12-01', 0)]]) {
			const trend = roundTripTrend(history(...days), 30);
			expect(trend && trend.axis.high > trend.axis.low).toBe(true);
			for (const { y } of trend?.points ?? []) expect(y >= 0 && y <= 1).toBe(true);
		}
	});

	test('without a figure there is no line', () => {
		expect(roundTripTrend(history(), 30)).toBeNull();
		expect(roundTripTrend(history(day('2026-12-01', null)), 30)).toBeNull();
		expect(roundTripTrend(history(day('2026-10-01', 40)), 30)).toBeNull();
	});
});
