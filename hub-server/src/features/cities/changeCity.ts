import { cityOf, type City, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { ChangeCityBody } from '@counter-hub/shared/cities/register.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import { administratorOf } from '../people/registerActs.ts';
import { timeline } from '../timeline/timeline.ts';
import { assertKeeps } from './assertKeeps.ts';
import { cityEntries, subjectOf } from './cityProjections.ts';
import { cityRegister } from './CityRegister.ts';

/**
 * Other names, or another place in the order. What is so already changes nothing.
 * @throws AppError `notAllowed`, `unknownCity`, `staleVersion` where somebody else changed it meanwhile, `commandReused`
 */
export async function changeCity(
	hub: HubContext,
	principal: Principal,
	code: CityCode,
	{ commandId, version, zh, en, place }: ChangeCityBody,
): Promise<City> {
	await assertKeeps(hub, principal.actor);
	const data = { zh, en, place };
	await timeline(hub).append({
		subject: subjectOf(code),
		commandId,
		content: { ...data, by: principal.actor.staffId },
		reads: [cityEntries],
		decide: (view) => {
			const before = view.state(cityEntries);
			if (!before) throw new AppError('unknownCity');
			if (before.version !== version) throw new AppError('staleVersion');
			if (before.zh === zh && before.en === en && before.place === place) return [];
			return [{ type: 'city.changed', data, actor: administratorOf(principal) }];
		},
	});
	await cityRegister(hub).follow([code]);
	return cityOf(code);
}
