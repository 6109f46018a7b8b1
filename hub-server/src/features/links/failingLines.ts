import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { standingWays } from '@counter-hub/shared/links/linkDay.ts';
import type { HubContext } from '../../HubContext.ts';
import { linkDayModel } from './linkDays.ts';

/** Cities to or from which a city's line fails by what was measured last on a date, in calls too, in the order of cities (L6). */
export async function failingLines(hub: HubContext, city: CityCode, date: string): Promise<CityCode[]> {
	const days = await linkDayModel(hub.connection).find({ date }).lean();
	const failing = new Set(
		days
			.flatMap((day) => [...standingWays(day, 'forth'), ...standingWays(day, 'back')])
			.filter(({ result }) => result.verdict === 'fail')
			.map(({ ends }) => ends.map(({ cityCode }) => cityCode))
			.filter((ends) => ends.includes(city))
			.flat(),
	);
	return CITIES.flatMap(({ code }) => (code !== city && failing.has(code) ? code : []));
}
