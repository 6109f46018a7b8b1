import { trusted } from 'mongoose';
import { CITIES, cityOf, type City } from '@counter-hub/shared/cities/cities.ts';
import { CITY_LIMITS, type RegisterCityBody } from '@counter-hub/shared/cities/register.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { administratorOf } from '../people/registerActs.ts';
import { staffModel } from '../people/Staff.model.ts';
import { timeline } from '../timeline/timeline.ts';
import { assertKeeps } from './assertKeeps.ts';
import { cityEntries, cityLetters, machineOf, subjectOf } from './cityProjections.ts';
import { cityRegister } from './CityRegister.ts';

/**
 * A new city. Whoever looks after all cities at this moment looks after it as well.
 * @throws AppError `notAllowed`, `cityTaken`, `lettersTaken`, `tooManyCities`, `commandReused`
 */
export async function registerCity(
	hub: HubContext,
	principal: Principal,
	{ commandId, code, ...entry }: RegisterCityBody,
): Promise<City> {
	await assertKeeps(hub, principal.actor);
	const keepers = await keepersOfAll(hub);
	const { letters } = entry;
	await timeline(hub).append({
		subject: subjectOf(code),
		commandId,
		content: { ...entry, by: principal.actor.staffId },
		reads: [cityEntries, [cityLetters, letters]],
		decide: (view) => {
			if (view.state(cityEntries)) throw new AppError('cityTaken', { params: { code } });
			const taken = view.state(cityLetters, letters);
			if (taken) throw new AppError('lettersTaken', { params: { letters } });
			if (CITIES.length >= CITY_LIMITS.cities)
				throw new AppError('tooManyCities', { params: { most: CITY_LIMITS.cities } });
			return [
				{
					type: 'city.registered',
					data: { ...entry, keepers },
					actor: administratorOf(principal),
					machine: machineOf(letters),
					version: 1,
				},
			];
		},
	});
	await cityRegister(hub).follow([code]);
	return cityOf(code);
}

/** Administrators and supervisors whose post is all cities; disabled ones may come back. */
async function keepersOfAll(hub: HubContext): Promise<string[]> {
	const found = await staffModel(hub.connection)
		.find({ counterId: null, cities: trusted({ $all: CITIES.map(({ code }) => code) }) }, { _id: 1 })
		.sort({ _id: 1 })
		.lean();
	return found.map(({ _id }) => _id);
}
