import { trusted, type QueryFilter } from 'mongoose';
import type { z } from 'zod';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import type { FitnessPage, fitnessQuery, StaffFitness } from '@counter-hub/shared/fitness/fitness.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { escapeRegex } from '../../platform/escapeRegex.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { staffModel, type StaffRecord } from '../people/Staff.model.ts';
import { currentUndertaking } from '../undertakings/undertakingVersions.ts';
import { askedOf, type Asked } from './askedOf.ts';
import { heldByEach } from './heldBy.ts';
import { standing } from './standing.ts';

type Query = z.output<typeof fitnessQuery>;

/** People that one request looks at while it looks for those who lack something. */
const LOOKED_AT_MAX = 1_000;
const BATCH = 200;

/** Clerks and approvers of the asker's cities who are not disabled, paged by sign-in name. @throws AppError `notAllowed` */
export async function listFitness(hub: HubContext, { actor }: Principal, query: Query): Promise<FitnessPage> {
	assertMay(may.listFitness(actor));
	const date = shanghaiDate(hub.now());
	const currentVersion = await currentUndertaking(hub);
	const people: StaffFitness[] = [];
	let looked = 0;
	let last: string | null = null;
	for await (const person of standings(hub, serving(actor.cities, query), query.cursor, date)) {
		if (people.length === query.limit || looked === LOOKED_AT_MAX)
			return { date, currentVersion, people, nextCursor: last };
		if (!query.lacking || person.lacks.length > 0) people.push(person);
		looked += 1;
		last = person.name;
	}
	return { date, currentVersion, people, nextCursor: null };
}

function serving(cities: readonly CityCode[], { text, counterId }: Query): QueryFilter<StaffRecord> {
	const filter: QueryFilter<StaffRecord> = {
		role: trusted({ $in: ['clerk', 'approver'] }),
		cities: trusted({ $elemMatch: trusted({ $in: [...cities] }) }),
		disabled: false,
	};
	if (counterId !== undefined) filter.counterId = counterId;
	if (text) filter.search = trusted({ $regex: escapeRegex(searchForm(text)) });
	return filter;
}

/** How the people of a filter stand, in the order of their names, from behind a name on. */
async function* standings(
	hub: HubContext,
	filter: QueryFilter<StaffRecord>,
	from: string | undefined,
	date: string,
): AsyncGenerator<StaffFitness> {
	const askedInCity = new Map<string | undefined, Promise<Asked>>();
	for (let after = from; ;) {
		const records: StaffRecord[] = await staffModel(hub.connection)
			.find(after === undefined ? filter : { ...filter, name: trusted({ $gt: after }) })
			.sort({ name: 1 })
			.limit(BATCH)
			.lean();
		const held = await heldByEach(
			hub,
			records.map(({ _id }) => _id),
		);
		for (const person of records) {
			const [city] = person.cities;
			const asked = askedInCity.get(city) ?? askedOf(hub, person);
			askedInCity.set(city, asked);
			yield standing(person, held(person._id), await asked, date);
		}
		if (records.length < BATCH) return;
		after = records.at(-1)?.name;
	}
}
