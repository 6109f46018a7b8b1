import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { hoursOn } from '@counter-hub/shared/hours/opening.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { calendarOf } from '../calendar/calendarProjection.ts';
import { places } from '../counters/Places.ts';
import { hoursFrom, hoursStateOf } from '../hours/hoursProjection.ts';

/**
 * The cities of which some counter serves on a date: those that are closed are not missed (L3). Where the calendar does
 * not reach the date nobody knows, and a city counts as serving.
 */
export function dueCities(hub: HubContext, date: string): Promise<Set<CityCode>> {
	const held = known(hub).get(date);
	if (held && performance.now() - held.at < FRESH_MS) return held.cities;
	const cities = read(hub, date);
	known(hub).clear();
	known(hub).set(date, { at: performance.now(), cities });
	cities.catch(() => known(hub).delete(date));
	return cities;
}

/** Hours change seldom, and every look at the matrix asks; so long a change may go unnoticed. */
const FRESH_MS = 3_000;
const known = perHub(() => new Map<string, { at: number; cities: Promise<Set<CityCode>> }>());

async function read(hub: HubContext, date: string): Promise<Set<CityCode>> {
	const [counters, calendar] = await Promise.all([places(hub).all(), calendarOf(hub)]);
	const serving = await Promise.all(
		counters.map(async ({ id, cityCode }) => {
			const { spans } = hoursOn(hoursFrom(await hoursStateOf(hub, id)), calendar, date);
			return spans === null || spans.length > 0 ? cityCode : undefined;
		}),
	);
	return new Set(CITIES.flatMap(({ code }) => (serving.includes(code) ? code : [])));
}
