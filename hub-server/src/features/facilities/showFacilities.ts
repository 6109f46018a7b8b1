import type { CounterFacilities } from '@counter-hub/shared/facilities/facilities.ts';
import { shortfallsOf } from '@counter-hub/shared/facilities/shortfallsOf.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { timeline } from '../timeline/timeline.ts';
import { facilitiesProjection } from './facilitiesProjection.ts';

/**
 * The facilities of the counters of a person's cities, and in what they fall short.
 * @throws AppError `notAllowed`
 */
export async function showFacilities(
	hub: HubContext,
	{ actor }: Principal,
): Promise<{ counters: CounterFacilities[] }> {
	assertMay(may.readAnyFacilities(actor));
	const counters = (await places(hub).all()).filter(({ cityCode }) => may.readFacilities(actor, cityCode));
	return { counters: await Promise.all(counters.map((counter) => present(hub, counter))) };
}

/** @throws AppError `unknownCounter` */
export const showCounterFacilities = async (hub: HubContext, counterId: string): Promise<CounterFacilities> =>
	present(hub, await places(hub).requireCounter(counterId));

async function present(
	hub: HubContext,
	{ id, cityCode, name, windows: all }: CounterView,
): Promise<CounterFacilities> {
	const state = await timeline(hub).state(facilitiesProjection, id);
	const site = state?.site ?? { version: 0, record: null };
	const windows = all.map(({ id: windowId, number, open }) => ({
		windowId,
		number,
		open,
		...(state?.windows[windowId] ?? { version: 0, record: null }),
	}));
	const shortfalls = shortfallsOf({ site: site.record, windows });
	return { counterId: id, cityCode, name, site, windows, shortfalls };
}
