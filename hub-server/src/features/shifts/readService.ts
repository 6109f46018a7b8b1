import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CounterService } from '@counter-hub/shared/shifts/shifts.ts';
import { trusted } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { openingOf } from '../hours/openingOf.ts';
import { staffNames } from '../people/StaffNames.ts';
import { engagementModel } from '../presence/Engagement.model.ts';
import { livePresences } from '../presence/PresenceBoard.ts';
import { dutyAt } from '../rota/dutyAt.ts';
import { shiftModel } from './shiftProjections.ts';

type State = CounterService['people'][number]['state'];

/**
 * Who serves at a counter now, when it opens, and where else somebody is free, so that whoever calls it knows what to
 * expect (S6.1, S4.2). @throws AppError `unknownCounter`
 */
export async function readService(
	hub: HubContext,
	{ actor }: Principal,
	counterId: string,
): Promise<CounterService> {
	assertMay(may.readService(actor));
	const [counter, opening, counters, shifts, duty, presences] = await Promise.all([
		places(hub).requireCounter(counterId),
		openingOf(hub, counterId),
		places(hub).all(),
		shiftModel(hub.connection).find({ closedAt: null }).sort({ openedAt: 1 }).lean(),
		dutyAt(hub, counterId, hub.now()),
		livePresences(hub),
	]);
	const staffIds = shifts.map(({ staffId }) => staffId);
	const [names, engaged] = await Promise.all([
		staffNames(hub).of(staffIds),
		engagementModel(hub.connection)
			.find({ _id: trusted({ $in: staffIds }) }, { _id: 1 })
			.lean(),
	]);
	const busy = new Set(engaged.map(({ _id }) => _id));
	const present = new Set(presences.map((one) => `${one.staffId}@${one.counterId}`));
	const stateOf = ({ staffId, counterId: at, state }: (typeof shifts)[number]): State => {
		if (state === 'paused') return 'paused';
		if (!present.has(`${staffId}@${at}`)) return 'away';
		return busy.has(staffId) ? 'inCall' : 'free';
	};
	const rank = (city: string) =>
		city === counter.cityCode ? -1 : CITIES.findIndex(({ code }) => code === city);
	return {
		counterId,
		cityCode: counter.cityCode,
		open: opening.open,
		opensAt: opening.open === true || opening.next === null ? null : new Date(opening.next).toISOString(),
		people: shifts
			.filter((shift) => shift.counterId === counterId)
			.map((shift) => ({
				staffId: shift.staffId,
				displayName: names.get(shift.staffId) ?? '',
				post: duty.a.includes(shift.staffId) ? 'a' : duty.b.includes(shift.staffId) ? 'b' : null,
				state: stateOf(shift),
			})),
		elsewhere: counters
			.filter(({ id }) => id !== counterId)
			.toSorted((a, b) => rank(a.cityCode) - rank(b.cityCode))
			.map(({ id, name, cityCode }) => ({
				counterId: id,
				counterName: name,
				cityCode,
				names: shifts
					.filter((shift) => shift.counterId === id && stateOf(shift) === 'free')
					.map(({ staffId }) => names.get(staffId) ?? ''),
			}))
			.filter((one) => one.names.length > 0),
	};
}
