import { expect, test } from 'vitest';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { DEFAULT_WEEK, HOURS_LIMITS } from '@counter-hub/shared/hours/hours.ts';
import {
	hoursFrom,
	hoursProjection,
	type HoursState,
} from '@counter-hub/hub-server/features/hours/hoursProjection.ts';
import type { TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';

const event = (
	day: string,
	draft: Pick<TimelineEvent<'hours.exceptionSet'>, 'type' | 'data'>,
): TimelineEvent => ({
	...draft,
	subject: 'counter:a',
	seq: 1,
	at: new Date(`${day}T02:00:00Z`),
	actor: { kind: 'system', by: 'hub' },
	commandId: 'a',
	prevHash: '',
	hash: '',
});
const closed = (day: string, date: string) =>
	event(day, { type: 'hours.exceptionSet', data: { date, spans: [], reason: '检修' } });
const fold = (events: TimelineEvent[]) =>
	events.reduce<HoursState | undefined>((state, one) => hoursProjection.apply(state, one), undefined);

test('exceptions stand in the order of their dates, one for each, and those long over make room', () => {
	const state = fold([
		closed('2026-11-20', '2026-12-24'),
		closed('2026-11-20', '2026-11-23'),
		closed('2026-11-21', '2026-11-23'),
	]);
	expect(state).toMatchObject({ version: 3, week: null });
	expect(hoursFrom(state).exceptions.map(({ date }) => date)).toEqual(['2026-11-23', '2026-12-24']);
	const kept = addDays('2026-11-23', HOURS_LIMITS.keepDays);
	const dates = (day: string) =>
		hoursFrom(hoursProjection.apply(state, closed(day, '2028-05-01'))).exceptions.map(({ date }) => date);
	expect(dates(kept)).toEqual(['2026-11-23', '2026-12-24', '2028-05-01']);
	expect(dates(addDays(kept, 1))).toEqual(['2026-12-24', '2028-05-01']);
});

test('a counter for which nothing was set has the usual hours', () => {
	expect(hoursFrom(undefined)).toEqual({ week: DEFAULT_WEEK, exceptions: [] });
});
