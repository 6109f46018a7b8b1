import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { linkDayModel } from './linkDays.ts';

/** Cities to or from which a city's line failed when it was last measured on a date, in the order of cities (L6). */
export async function failingLines(hub: HubContext, city: CityCode, date: string): Promise<CityCode[]> {
	const days = await linkDayModel(hub.connection).find({ date }, { last: 1 }).lean();
	const failing = new Set(
		days
			.flatMap(({ last }) => Object.values(last))
			.filter(({ forth, back }) => forth.verdict === 'fail' || back.verdict === 'fail')
			.map(({ ends }) => ends.map(({ cityCode }) => cityCode))
			.filter((ends) => ends.includes(city))
			.flat(),
	);
	return CITIES.flatMap(({ code }) => (code !== city && failing.has(code) ? code : []));
}
