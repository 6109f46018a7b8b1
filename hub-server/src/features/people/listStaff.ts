import { trusted, type QueryFilter } from 'mongoose';
import type { z } from 'zod';
import type { staffPage, staffQuery } from '@counter-hub/shared/people/people.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import type { HubContext } from '../../HubContext.ts';
import { escapeRegex } from '../../platform/escapeRegex.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { failuresViewOf } from '../auth/failuresViewOf.ts';
import { guesses } from '../auth/services.ts';
import { staffModel, staffViewOf, type StaffRecord } from './Staff.model.ts';

/** People whose cities all belong to the administrator; paged by sign-in name, which is unique. */
export async function listStaff(
	hub: HubContext,
	{ actor }: Principal,
	query: z.output<typeof staffQuery>,
): Promise<z.input<typeof staffPage>> {
	assertMay(may.manageAny(actor));
	const filter: QueryFilter<StaffRecord> = {
		// No city besides the administrator's own.
		cities: trusted({ $not: trusted({ $elemMatch: trusted({ $nin: [...actor.cities] }) }) }),
	};
	if (query.cursor !== undefined) filter.name = trusted({ $gt: query.cursor });
	if (query.counterId !== undefined) filter.counterId = query.counterId;
	if (query.text) {
		filter.search = trusted({ $regex: escapeRegex(searchForm(query.text)) });
	}
	const records = await staffModel(hub.connection)
		.find(filter)
		.sort({ name: 1 })
		.limit(query.limit + 1)
		.lean();
	const page = records.slice(0, query.limit);
	const failures = await guesses(hub).failuresOf(page.map(({ name }) => name));
	return {
		staff: page.map((record) => staffViewOf(record, failuresViewOf(failures.get(record.name)))),
		nextCursor: records.length > query.limit ? (page.at(-1)?.name ?? null) : null,
	};
}
