import { expect, test } from 'vitest';
import { attend, spansOfHalf } from '@counter-hub/shared/shifts/attendance.ts';

const DATE = '2026-11-24';
const SPANS = [{ from: '09:00', to: '12:00' }];
const at = (time: string) => `${DATE}T${time}:00+08:00`;
const shift = (from: string, to: string | null) => ({
	openedAt: at(from),
	closedAt: to === null ? null : at(to),
});
const seen = (shifts: ReturnType<typeof shift>[], now: string) =>
	attend(DATE, SPANS, shifts, Date.parse(at(now)));

test('S7.1a half a day: what shifts and hours say of it', () => {
	expect(seen([shift('08:40', '12:10')], '13:00')).toEqual({
		state: 'present',
		lateMinutes: 0,
		earlyMinutes: 0,
		servedMinutes: 180,
		dueMinutes: 180,
	});
	expect(seen([shift('09:12', '12:00')], '13:00')).toMatchObject({
		state: 'late',
		lateMinutes: 12,
		servedMinutes: 168,
	});
	expect(seen([shift('09:00', '11:30')], '13:00')).toMatchObject({ state: 'early', earlyMinutes: 30 });
	expect(seen([shift('09:05', '11:30')], '13:00')).toMatchObject({
		state: 'lateAndEarly',
		lateMinutes: 5,
		earlyMinutes: 30,
	});
	expect(seen([], '13:00')).toMatchObject({ state: 'absent', servedMinutes: 0 });
	expect(seen([], '08:59')).toMatchObject({ state: 'ahead' });
	expect(seen([], '09:20')).toMatchObject({ state: 'missing', lateMinutes: 20 });
	// Still there: nothing is early, and what is served is what has passed.
	expect(seen([shift('08:50', null)], '10:00')).toMatchObject({ state: 'present', servedMinutes: 60 });
	// Closed at ten and the hours go on: it is early as far as they have come.
	expect(seen([shift('08:50', '10:00')], '10:30')).toMatchObject({ state: 'early', earlyMinutes: 30 });
	// Two shifts with a gap: both ends count, and the gap is in the minutes served.
	expect(seen([shift('09:00', '10:00'), shift('10:30', '12:00')], '13:00')).toMatchObject({
		state: 'present',
		servedMinutes: 150,
	});
	// A shift of the afternoon is none of the morning's.
	expect(seen([shift('13:00', '17:00')], '18:00')).toMatchObject({ state: 'absent' });
	// Seconds are not held against anybody.
	expect(
		attend(
			DATE,
			SPANS,
			[{ openedAt: `${DATE}T09:00:40+08:00`, closedAt: at('12:00') }],
			Date.parse(at('13:00')),
		),
	).toMatchObject({ state: 'present' });
	expect(attend(DATE, [], [shift('09:00', null)], Date.parse(at('10:00')))).toMatchObject({
		state: 'notServed',
	});
});

test('S7.1a the hours of a day in its halves, also what reaches over noon', () => {
	const office = [
		{ from: '09:00', to: '12:00' },
		{ from: '13:30', to: '17:00' },
	];
	expect(spansOfHalf(office, 'am')).toEqual([office[0]]);
	expect(spansOfHalf(office, 'pm')).toEqual([office[1]]);
	const whole = [{ from: '08:00', to: '20:00' }];
	expect(spansOfHalf(whole, 'am')).toEqual([{ from: '08:00', to: '12:00' }]);
	expect(spansOfHalf(whole, 'pm')).toEqual([{ from: '12:00', to: '20:00' }]);
	expect(spansOfHalf([], 'pm')).toEqual([]);
});
