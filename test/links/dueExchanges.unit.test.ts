import { describe, expect, test } from 'vitest';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import { applyMeasurement, type LinkDay } from '@counter-hub/shared/links/linkDay.ts';
import { pairOf, type LinkMeasurement } from '@counter-hub/shared/links/linkMeasurement.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import { dueExchanges, type Situation } from '@counter-hub/hub-server/features/links/dueExchanges.ts';
import type { LinkEndRecord } from '@counter-hub/hub-server/features/links/LinkEnd.model.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { GOOD } from './goodLink.ts';

const [SONGJIANG, JIAXING, HANGZHOU] = ['310117', '330400', '330100'] as const;
const NINE = Date.parse('2026-12-01T09:00:00+08:00');

const end = (cityCode: CityCode, page = '1'): LinkEndRecord => ({
	_id: `page-${cityCode}-${page}`,
	socketId: '',
	staffId: `staff-${cityCode}-${page}`,
	displayName: '',
	cityCode,
	counterId: seededCounterId(cityCode),
	windowId: null,
	expiresAt: new Date(NINE),
});
const situation = (change: Partial<Situation>): Situation => ({
	now: NINE,
	ends: [],
	running: [],
	days: new Map(),
	wishes: new Map(),
	cutOff: new Set(),
	...change,
});
const namesOf = (given: Situation) =>
	dueExchanges(given).map(({ ends: [one, other] }) => `${one.cityCode}-${other.cityCode}`);

/** A day on which two cities measured each other, with these outcomes at these minutes before nine. */
function day(
	one: CityCode,
	other: CityCode,
	...steps: [outcome: 'pass' | 'fail' | 'node', minutesAgo: number][]
): ReadonlyMap<string, LinkDay> {
	const pair = pairOf(one, other);
	const [first, second] = one < other ? [one, other] : [other, one];
	const endAt = (cityCode: CityCode) => ({
		cityCode,
		counterId: seededCounterId(cityCode),
		windowId: null,
		staffId: '',
		nodeId: null,
	});
	let known: LinkDay | undefined;
	for (const [outcome, minutesAgo] of steps) {
		const judgement = outcome === 'pass' ? judge(GOOD, LINK_LIMITS) : failed('nothing');
		const result = { ...judgement, measured: null };
		const measured: LinkMeasurement = {
			exchangeId: '',
			date: '2026-12-01',
			cause: outcome === 'node' ? 'node' : 'exchange',
			ends: [endAt(first), endAt(second)],
			forth: result,
			back: result,
		};
		const at = new Date(NINE - minutesAgo * 60_000).toISOString();
		known = applyMeasurement(known, pair, (known?.version ?? 0) + 1, { ...measured, at });
	}
	return new Map(known && [[pair, known]]);
}

describe('L3 which windows measure each other', () => {
	const both = [end(SONGJIANG), end(HANGZHOU)];

	test('two cities that are there and have not measured each other today', () => {
		expect(namesOf(situation({ ends: both }))).toEqual(['310117-330100']);
	});

	test('nobody alone, and no two windows of one city', () => {
		expect(namesOf(situation({ ends: [end(SONGJIANG), end(SONGJIANG, '2')] }))).toEqual([]);
	});

	test('once: not again after a pass, whichever window comes', () => {
		const days = day(SONGJIANG, HANGZHOU, ['pass', 30]);
		expect(namesOf(situation({ ends: [...both, end(SONGJIANG, '2')], days }))).toEqual([]);
	});

	test('two windows of one counter measure another city once at a time', () => {
		const ends = [...both, end(SONGJIANG, '2'), end(HANGZHOU, '2')];
		expect(namesOf(situation({ ends }))).toHaveLength(1);
	});

	test('again when somebody asks', () => {
		const days = day(SONGJIANG, HANGZHOU, ['pass', 30]);
		const wishes = new Map([[pairOf(SONGJIANG, HANGZHOU), NINE - 60_000]]);
		expect(namesOf(situation({ ends: both, days, wishes }))).toHaveLength(1);
		const older = new Map([[pairOf(SONGJIANG, HANGZHOU), NINE - 3_600_000]]);
		expect(namesOf(situation({ ends: both, days, wishes: older }))).toHaveLength(0);
	});

	test('again by itself after a failure, ever more seldom', () => {
		const isDue = (...steps: Parameters<typeof day>[2][]) =>
			namesOf(situation({ ends: both, days: day(SONGJIANG, HANGZHOU, ...steps) })).length > 0;
		expect(isDue(['fail', 0.4])).toBe(false);
		expect(isDue(['fail', 0.6])).toBe(true);
		expect(isDue(['fail', 9], ['fail', 5], ['fail', 1.5])).toBe(false);
		expect(isDue(['fail', 9], ['fail', 5], ['fail', 2.5])).toBe(true);
		expect(isDue(['fail', 9], ['pass', 5])).toBe(false);
	});

	test('a city whose nodes are away is not tried, and at once when one is back', () => {
		const days = day(SONGJIANG, HANGZHOU, ['node', 0.1]);
		const cutOff = new Set<CityCode>([HANGZHOU]);
		expect(namesOf(situation({ ends: both, days, cutOff }))).toEqual([]);
		expect(namesOf(situation({ ends: both, days }))).toHaveLength(1);
	});

	test('a page is in two exchanges at most, and nobody is left over while others could be measured', () => {
		const ends = CITIES.map(({ code }) => end(code));
		const due = dueExchanges(situation({ ends }));
		const uses = new Map<string, number>();
		for (const { ends: two } of due) for (const { _id } of two) uses.set(_id, (uses.get(_id) ?? 0) + 1);
		expect([...uses.values()]).toEqual(Array(9).fill(2));
		expect(new Set(due.flatMap(({ slots }) => slots)).size).toBe(18);
	});

	test('what goes on is not begun twice, and takes its places', () => {
		const ends = [end(SONGJIANG), end(JIAXING), end(HANGZHOU)];
		const [first, ...others] = dueExchanges(situation({ ends }));
		const running = first ? [first] : [];
		expect(
			dueExchanges(situation({ ends, running }))
				.map(({ counters }) => counters)
				.toSorted(),
		).toEqual(others.map(({ counters }) => counters).toSorted());
	});
});
