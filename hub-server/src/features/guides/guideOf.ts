import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Guide } from '@counter-hub/shared/guides/guides.ts';
import type { HubContext } from '../../HubContext.ts';
import { catalogue } from '../catalogue/Catalogue.ts';
import { places } from '../counters/Places.ts';
import { assembleGuide } from './assembleGuide.ts';
import { EDITIONS, editionOf } from './editions.ts';

/**
 * The guide of an item as a city applies it: in force today, or of an earlier edition.
 * @throws AppError `unknownItem`, `unknownGuide`
 */
export async function guideOf(
	hub: HubContext,
	itemNo: number,
	{ city, version }: { city: CityCode; version?: string | undefined },
): Promise<Guide> {
	const [item, counters] = await Promise.all([catalogue(hub).require(itemNo), places(hub).all()]);
	const edition = editionOf(EDITIONS, shanghaiDate(hub.now()), version);
	if (!edition) throw new AppError('unknownGuide');
	const own = counters.filter(({ cityCode }) => cityCode === city);
	return assembleGuide(item, { city, counters: own }, edition);
}
