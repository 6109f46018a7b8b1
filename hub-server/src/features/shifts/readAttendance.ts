import { trusted } from 'mongoose';
import { addDays, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { hoursOn } from '@counter-hub/shared/hours/opening.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { dutyOf, type DutyPlace } from '@counter-hub/shared/rota/duty.ts';
import { half as halves } from '@counter-hub/shared/rota/week.ts';
import { mondayOf } from '@counter-hub/shared/rota/week.ts';
import {
	attend,
	spansOfHalf,
	type AttendanceQuery,
	type AttendanceRow,
} from '@counter-hub/shared/shifts/attendance.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { calendarOf } from '../calendar/calendarProjection.ts';
import { places } from '../counters/Places.ts';
import { hoursFrom, hoursStateOf } from '../hours/hoursProjection.ts';
import { staffModel } from '../people/Staff.model.ts';
import { readRotas } from '../rota/rotaPlace.ts';
import { staffNames } from '../people/StaffNames.ts';
import { presentShifts } from './presentShifts.ts';
import { shiftsBetween, withId } from './readShifts.ts';
import { explainedDayModel } from './shiftProjections.ts';

/**
 * Attendance (S7.1a): for each day and counter, whoever stood on the rota or had a shift, in the order of days, counters
 * and names. Of whom one may read. Derived when asked: late, early and absent are what shifts and hours say, and nobody
 * can change them.
 */
export async function readAttendance(
	hub: HubContext,
	{ actor }: Principal,
	{ from, to, counterId, staffId }: AttendanceQuery,
): Promise<{ rows: AttendanceRow[] }> {
	const counters = (await places(hub).all()).filter(
		({ id, cityCode }) =>
			(counterId === undefined || id === counterId) &&
			(id === actor.counterId || may.readAttendance(actor, { staffId: '', cityCode })),
	);
	const dates = datesOf(from, to);
	const [documents, explained, due] = await Promise.all([
		shiftsBetween(hub, { from, to, counterIds: counters.map(({ id }) => id) }),
		explainedDayModel(hub.connection)
			.find({ date: trusted({ $gte: from, $lte: to }) })
			.lean(),
		Promise.all(counters.map((counter) => dueAt(hub, counter, dates))),
	]);
	const shifts = await presentShifts(hub, documents.map(withId));
	const people = await peopleOf(hub, [
		...shifts.map((one) => one.staffId),
		...due.flatMap((days) =>
			[...days.values()].flatMap(({ posts }) => posts.map((one) => one.staffId ?? '')),
		),
	]);
	const sayers = await staffNames(hub).of(
		explained.flatMap(({ explanations }) => explanations.flatMap(({ by }) => by ?? [])),
	);
	const now = hub.now();
	const rows = dates.flatMap((date) =>
		counters.flatMap((counter, index) => {
			const { spans, posts } = due[index]?.get(date) ?? { spans: [], posts: [] };
			const ofDay = shifts.filter((one) => one.counterId === counter.id && one.date === date);
			const ids = new Set([...posts.flatMap((one) => one.staffId ?? []), ...ofDay.map((one) => one.staffId)]);
			return [...ids].flatMap((id): AttendanceRow[] => {
				const isAsked = staffId === undefined || id === staffId;
				const person = people.get(id);
				if (!isAsked || !person) return [];
				if (!may.readAttendance(actor, { staffId: id, cityCode: counter.cityCode })) return [];
				const own = ofDay.filter((one) => one.staffId === id);
				return [
					{
						date,
						counterId: counter.id,
						counterName: counter.name,
						cityCode: counter.cityCode,
						staffId: id,
						displayName: person.displayName,
						role: person.role,
						halves: posts
							.filter((one) => one.staffId === id)
							.map(({ half, post, windowId }) => {
								const hours = spansOfHalf(spans, half);
								return {
									half,
									post,
									windowNumber: counter.windows.find((one) => one.id === windowId)?.number ?? null,
									spans: hours,
									...attend(date, hours, own, now),
								};
							}),
						shifts: own,
						explanations: (
							explained.find((one) => one.staffId === id && one.date === date)?.explanations ?? []
						).map(({ at, by, text }) => ({ at, by: sayers.get(by ?? '') ?? '', text })),
					},
				];
			});
		}),
	);
	return { rows };
}

const datesOf = (from: string, to: string): string[] => {
	const dates = [from];
	for (let date = addDays(from, 1); date <= to; date = addDays(date, 1)) dates.push(date);
	return dates;
};

interface Due {
	readonly spans: { from: string; to: string }[];
	readonly posts: readonly DutyPlace[];
}

/** What was planned at a counter, by day: its hours, and who stood on the published rota. */
async function dueAt(
	hub: HubContext,
	counter: CounterView,
	dates: readonly string[],
): Promise<Map<string, Due>> {
	const mondays = [...new Set(dates.map(mondayOf))];
	const [state, calendar, rotas] = await Promise.all([
		hoursStateOf(hub, counter.id),
		calendarOf(hub),
		readRotas(
			hub,
			mondays.map((monday) => ({ counterId: counter.id, monday })),
		),
	]);
	const hours = hoursFrom(state);
	return new Map(
		dates.map((date): [string, Due] => {
			const rota = rotas[mondays.indexOf(mondayOf(date))];
			const posts = rota?.published ? dutyOf(rota, weekdayOf(date), () => true) : [];
			const order = (one: DutyPlace) => halves.options.indexOf(one.half);
			return [
				date,
				{
					spans: [...(hoursOn(hours, calendar, date).spans ?? [])],
					posts: posts.toSorted((a, b) => order(a) - order(b)),
				},
			];
		}),
	);
}

async function peopleOf(hub: HubContext, ids: readonly string[]) {
	const found = await staffModel(hub.connection)
		.find({ _id: trusted({ $in: [...new Set(ids)] }) }, { displayName: 1, role: 1 })
		.lean();
	return new Map(found.map((one) => [one._id, one]));
}
