import { describe, expect, test } from 'vitest';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import {
	applyCall,
	applyMeasurement,
	standingWays,
	type LinkDay,
} from '@counter-hub/shared/links/linkDay.ts';
import type { LinkResult, LinkWay } from '@counter-hub/shared/links/linkMeasurement.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import { GOOD } from './goodLink.ts';

const [PAIR, DATE] = ['310117-330100', '2026-11-23'] as const;
const PASS: LinkResult = { ...judge(GOOD, LINK_LIMITS), measured: GOOD };
const SILENT: LinkResult = { ...failed('silent'), measured: GOOD };
const LOSSY: LinkResult = { ...judge({ ...GOOD, lossPercent: 30 }, LINK_LIMITS), measured: GOOD };
const end = (cityCode: string) => ({
	cityCode,
	counterId: cityCode,
	windowId: null,
	staffId: '',
	nodeId: null,
});
const place = {
	date: DATE,
	ends: [end('310117'), end('330100')] as [ReturnType<typeof end>, ReturnType<typeof end>],
};
const at = (hour: number) => `2026-11-23T0${hour}:00:00.000Z`;

const exchange = (day: LinkDay | undefined, hour: number, forth: LinkResult, back = PASS) =>
	applyMeasurement(day, PAIR, (day?.version ?? 0) + 1, {
		...place,
		exchangeId: 'x',
		cause: 'exchange',
		forth,
		back,
		at: at(hour),
	});
const call = (day: LinkDay | undefined, hour: number, way: LinkWay, result: LinkResult) =>
	applyCall(day, PAIR, (day?.version ?? 0) + 1, { ...place, sessionId: 's', way, result, at: at(hour) });
const stands = (day: LinkDay, way: LinkWay) =>
	standingWays(day, way).map(({ cause, at: time, result }) => [cause, time, result.verdict]);
const KEY = '310117~330100';

describe('L4 K-8 exchanges and calls of one day', () => {
	test('a call that fails later stands, until an exchange after it', () => {
		const day = call(exchange(undefined, 1, PASS), 2, 'forth', LOSSY);
		expect(stands(day, 'forth')).toEqual([['call', at(2), 'fail']]);
		expect(stands(day, 'back')).toEqual([['exchange', at(1), 'pass']]);
		expect(stands(exchange(day, 3, PASS), 'forth')).toEqual([['exchange', at(3), 'pass']]);
	});

	test('a call that is well is fresher than an exchange that was, and takes no fault of one back', () => {
		expect(stands(call(exchange(undefined, 1, PASS), 2, 'forth', PASS), 'forth')).toEqual([
			['call', at(2), 'pass'],
		]);
		expect(stands(call(exchange(undefined, 1, SILENT), 2, 'forth', PASS), 'forth')).toEqual([
			['exchange', at(1), 'fail'],
		]);
	});

	test('of two calls the later counts', () => {
		const day = call(call(undefined, 1, 'forth', LOSSY), 2, 'forth', PASS);
		expect(stands(day, 'forth')).toEqual([['call', at(2), 'pass']]);
	});

	test('a failing call makes the pair due again and no more than that; one that is well leaves it as it was', () => {
		const day = call(call(exchange(undefined, 1, PASS), 2, 'forth', LOSSY), 3, 'forth', LOSSY);
		expect(day.failures).toEqual({ [KEY]: 1 });
		expect(call(day, 4, 'forth', PASS).failures).toEqual({ [KEY]: 1 });
		expect(exchange(day, 4, PASS).failures).toEqual({ [KEY]: 0 });
	});

	test('the course of the day holds what is known of each direction', () => {
		const { course } = call(exchange(undefined, 1, PASS), 2, 'back', LOSSY);
		expect(course.map(({ forth, back }) => [forth?.verdict ?? null, back?.verdict ?? null])).toEqual([
			['pass', 'pass'],
			[null, 'fail'],
		]);
	});
});
