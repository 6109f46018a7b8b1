import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { DEFAULT_WEEK, setExceptionBody, setWeekBody } from '@counter-hub/shared/hours/hours.ts';
import { faultsOfSpans, inOrder } from '@counter-hub/shared/hours/spans.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { normalTime } from '../../web/src/features/hours/normalTime.ts';

const spansOf = (...texts: string[]) => texts.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) }));

test.each([
	['ends before it begins', ['12:00–09:00'], 'spanBackwards'],
	['is empty', ['09:00–09:00'], 'spanBackwards'],
	['ends at the midnight at which the day begins', ['18:00–00:00'], 'spanAtMidnight'],
	['begins at the midnight at which the day ends', ['24:00–24:00'], 'spanAtMidnight'],
	['begins inside another', ['09:00–12:00', '11:59–13:00'], 'spansOverlap'],
	['holds another that stands later', ['13:00–14:00', '09:00–17:00'], 'spansOverlap'],
	['is another again', ['09:00–12:00', '09:00–12:00'], 'spansOverlap'],
] as const)('a time that %s is refused by name', (_what, texts, error) => {
	const spans = spansOf(...texts);
	expect(faultsOfSpans(spans).map((fault) => fault.error)).toEqual([error]);
	const week = DEFAULT_WEEK.map((day, index) => (index === 3 ? spans : day));
	const commandId = randomUUID();
	expect(() => parse(setWeekBody, { commandId, version: 0, week })).toThrow(
		expect.objectContaining({ key: error }),
	);
	const exception = { spans, reason: '会议' };
	expect(() => parse(setExceptionBody, { commandId, version: 0, exception })).toThrow(
		expect.objectContaining({ key: error }),
	);
});

test('times that touch, in any order, and whole days are fine', () => {
	for (const texts of [['12:00–17:00', '09:00–12:00'], ['00:00–24:00'], []])
		expect(faultsOfSpans(spansOf(...texts))).toEqual([]);
	expect(inOrder(spansOf('13:30–17:00', '09:00–12:00'))).toEqual(spansOf('09:00–12:00', '13:30–17:00'));
});

test('where days are wrong in several ways the first is named, with its place', () => {
	const week = [spansOf('12:00–09:00'), spansOf('18:00–00:00'), [], [], [], [], []];
	expect(() => parse(setWeekBody, { commandId: randomUUID(), version: 0, week })).toThrow(
		expect.objectContaining({
			key: 'spanBackwards',
			fields: [expect.objectContaining({ path: 'week.0.0' })],
		}),
	);
});

test('what is no week has no form', () => {
	const body = { commandId: randomUUID(), version: 0, week: [...DEFAULT_WEEK] };
	for (const more of [
		{ week: DEFAULT_WEEK.slice(1) },
		{ week: DEFAULT_WEEK.map(() => spansOf('9:00–12:00')) },
		{ week: DEFAULT_WEEK.map(() => spansOf('09:00–24:30')) },
		{ week: DEFAULT_WEEK.map(() => Array.from({ length: 7 }, () => spansOf('09:00–10:00')[0])) },
		{ version: -1 },
		{ other: true },
	])
		expect(() => parse(setWeekBody, { ...body, ...more }), JSON.stringify(more).slice(0, 60)).toThrow(
			expect.objectContaining({ key: 'invalidInput' }),
		);
});

test('X2 only administrators of the city set hours', () => {
	const actor = { staffId: 'a', cities: ['310117' as const], counterId: null, mustChangePassword: false };
	expect(may.setHours({ ...actor, role: 'administrator' }, '310117')).toBe(true);
	expect(may.setHours({ ...actor, role: 'administrator' }, '330100')).toBe(false);
	for (const role of ['clerk', 'approver', 'supervisor'] as const)
		expect(may.setHours({ ...actor, role }, '310117'), role).toBe(false);
});

test.each([
	['9', '09:00'],
	['17', '17:00'],
	['930', '09:30'],
	['1330', '13:30'],
	['9:5', '09:05'],
	['９：３０', '09:30'],
	['9点半', '09:30'],
	['13.30', '13:30'],
	['24', '24:00'],
	['', ''],
	['25:00', '25:00'],
	['abc', 'abc'],
])('a time typed as “%s” is taken as “%s”', (typed, taken) => {
	expect(normalTime(typed)).toBe(taken);
});
