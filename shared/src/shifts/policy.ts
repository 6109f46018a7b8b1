import type { CityCode } from '../cities/cities.ts';
import { serves, type Actor } from '../people/Actor.ts';

const answersFor = (actor: Actor, cityCode: CityCode): boolean =>
	(actor.role === 'supervisor' || actor.role === 'administrator') && actor.cities.includes(cityCode);

export const shiftPolicy = {
	/** Whoever serves at a counter has shifts, at its windows. */
	openShift: (actor: Actor, counterId: string) => serves(actor) && actor.counterId === counterId,
	/** One's own, or those of the cities that one supervises or administers. */
	readAttendance: (actor: Actor, whose: { staffId: string; cityCode: CityCode }) =>
		actor.staffId === whose.staffId || answersFor(actor, whose.cityCode),
	explainAttendance: (actor: Actor, whose: { staffId: string; cityCode: CityCode }) =>
		actor.staffId === whose.staffId || answersFor(actor, whose.cityCode),
	/** Who is on duty is no secret among counters. */
	readService: (actor: Actor) =>
		serves(actor) || actor.role === 'supervisor' || actor.role === 'administrator',
} as const;
