import { trusted } from 'mongoose';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { dutyOf, type DutyPlace, type DutyView } from '@counter-hub/shared/rota/duty.ts';
import { weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { halfAt, mondayOf } from '@counter-hub/shared/rota/week.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { readRotas } from './rotaPlace.ts';
import type { Rota } from './rotaProjection.ts';

type People = ReadonlyMap<string, Pick<StaffRecord, 'displayName' | 'counterId' | 'disabled'>>;

/** Who is on duty at every counter on a day, today by default. */
export async function presentDuty(hub: HubContext, asked: string | undefined): Promise<DutyView> {
	const now = hub.now();
	const today = shanghaiDate(now);
	const date = asked ?? today;
	const monday = mondayOf(date);
	const counters = await places(hub).all();
	const found = await readRotas(
		hub,
		counters.map(({ id }) => ({ counterId: id, monday })),
	);
	const published = new Map(
		counters.flatMap(({ id }, index): [string, Rota][] => {
			const rota = found[index];
			return rota?.published ? [[id, rota]] : [];
		}),
	);
	const people = await peopleIn(
		hub,
		[...published.values()].flatMap(({ assigned, leaves }) => [
			...assigned.map(({ staffId }) => staffId),
			...leaves.flatMap(({ substituteId }) => substituteId ?? []),
		]),
	);
	const order = ({ cityCode }: CounterView) => CITIES.findIndex(({ code }) => code === cityCode);
	return {
		date,
		half: date === today ? halfAt(now) : null,
		counters: counters
			.toSorted((a, b) => order(a) - order(b))
			.map((counter) => {
				const rota = published.get(counter.id);
				const isHere = (id: string) => isAt(people, counter.id, id);
				const posts = rota ? dutyOf(rota, weekdayOf(date), isHere) : [];
				return {
					counterId: counter.id,
					counterName: counter.name,
					cityCode: counter.cityCode,
					published: rota !== undefined,
					windows: windowsOf(counter, posts, people),
				};
			}),
	};
}

function windowsOf(
	{ windows }: CounterView,
	posts: readonly DutyPlace[],
	people: People,
): DutyView['counters'][number]['windows'] {
	const byWindow = Map.groupBy(posts, ({ windowId }) => windowId);
	const named = (id: string | null) =>
		id === null ? null : { staffId: id, displayName: people.get(id)?.displayName ?? '' };
	return windows.flatMap(({ id, number }) => {
		const own = byWindow.get(id);
		if (!own) return [];
		const shown = own.map(({ half, post, staffId, absentId }) => ({
			half,
			post,
			person: named(staffId),
			absent: named(absentId),
		}));
		return [{ windowId: id, number, places: shown }];
	});
}

/** Whether somebody still works at a counter. */
function isAt(people: People, counterId: string, staffId: string): boolean {
	const person = people.get(staffId);
	return person !== undefined && person.counterId === counterId && !person.disabled;
}

async function peopleIn(hub: HubContext, ids: readonly string[]): Promise<People> {
	if (ids.length === 0) return new Map();
	const found = await staffModel(hub.connection)
		.find({ _id: trusted({ $in: [...new Set(ids)] }) }, { displayName: 1, counterId: 1, disabled: 1 })
		.lean();
	return new Map(found.map((person) => [person._id, person]));
}
