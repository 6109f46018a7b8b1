import { newId } from '@counter-hub/shared/ids/ids.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed } from '@counter-hub/shared/links/judge.ts';
import { pairOf, type LinkEnd } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { HubContext } from '../../HubContext.ts';
import type { NodesOfCity } from './cityNodes.ts';
import type { LinkEndRecord } from './LinkEnd.model.ts';
import { recordMeasurement } from './recordMeasurement.ts';

/**
 * A city whose media nodes are all away is cut off: no exchange is needed to know that its links with the others who are
 * there do not work. Said once for each time that it goes away; any hub may say it.
 */
export async function noteCutOff(
	hub: HubContext,
	ends: readonly LinkEndRecord[],
	nodes: ReadonlyMap<CityCode, NodesOfCity>,
): Promise<void> {
	const date = shanghaiDate(hub.now());
	const since = (city: CityCode) => nodes.get(city)?.awaySince ?? 0;
	const present = CITIES.flatMap(({ code }) => ends.find(({ cityCode }) => cityCode === code) ?? []);
	const result = { ...failed('nodeAway'), measured: null };
	for (const [at, one] of present.entries())
		for (const other of present.slice(at + 1)) {
			const away = Math.max(since(one.cityCode), since(other.cityCode));
			if (away === 0) continue;
			const [first, second] = [one, other].toSorted((a, b) => a.cityCode.localeCompare(b.cityCode));
			if (!first || !second) continue;
			const pair = pairOf(one.cityCode, other.cityCode);
			await recordMeasurement(hub, pair, `nodeAway:${pair}:${away}:${date}`, {
				type: 'link.measured',
				data: {
					exchangeId: newId(),
					date,
					cause: 'node',
					away: [first, second].flatMap(({ cityCode }) => (since(cityCode) > 0 ? cityCode : [])),
					ends: [endOf(first), endOf(second)],
					forth: result,
					back: result,
				},
			});
		}
}

const endOf = ({ cityCode, counterId, windowId, staffId }: LinkEndRecord): LinkEnd => ({
	cityCode,
	counterId,
	windowId,
	staffId,
	nodeId: null,
});
