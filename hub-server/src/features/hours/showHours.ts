import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CounterHours } from '@counter-hub/shared/hours/hours.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import { hoursFrom, hoursStateOf } from './hoursProjection.ts';

/** Exceptions that are over for longer are of no use to anybody who looks when a counter serves. */
const SHOWN_AFTER_DAYS = 31;

/** The hours of all counters, set or not. */
export async function showHours(hub: HubContext): Promise<{ counters: CounterHours[] }> {
	const counters = await places(hub).all();
	return { counters: await Promise.all(counters.map((counter) => present(hub, counter))) };
}

/** @throws AppError `unknownCounter` */
export const showCounterHours = async (hub: HubContext, counterId: string): Promise<CounterHours> =>
	present(hub, await places(hub).requireCounter(counterId));

async function present(hub: HubContext, { id, cityCode }: CounterView): Promise<CounterHours> {
	const state = await hoursStateOf(hub, id);
	const { week, exceptions } = hoursFrom(state);
	const since = addDays(shanghaiDate(hub.now()), -SHOWN_AFTER_DAYS);
	return {
		counterId: id,
		cityCode,
		version: state?.version ?? 0,
		isDefault: (state?.week ?? null) === null,
		week: week.map((spans) => [...spans]),
		exceptions: exceptions.filter(({ date }) => date >= since),
		changed: state ? await presentChange(hub, state.changed) : null,
	};
}

async function presentChange(hub: HubContext, { at, staffId }: { at: Date; staffId: string | null }) {
	const names = await staffNames(hub).of(staffId === null ? [] : [staffId]);
	return { at: at.toISOString(), by: staffId === null ? null : (names.get(staffId) ?? null) };
}
