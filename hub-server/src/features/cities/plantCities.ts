import type { City, CityCode } from '@counter-hub/shared/cities/cities.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { cityEntries, machineOf, subjectOf } from './cityProjections.ts';
import { cityRegister } from './CityRegister.ts';

/**
 * Puts cities, by default the corridor's nine, into a register that has none. Harmless to repeat, and from several hubs
 * at once: what a hub that died did not come to is planted by the next.
 * @param name of this planting; a register that holds anything else is left alone
 */
export async function plantCities(
	hub: HubContext,
	cities: readonly City[] = FIRST_CITIES,
	name = 'first-city',
): Promise<void> {
	const idOf = (code: CityCode) => `${name}-${code}`;
	const codes = cities.map(({ code }) => code);
	const commands = codes.map((code) => ({ subject: subjectOf(code), commandId: idOf(code) }));
	const [entries, planted] = await Promise.all([
		hub.connection.collection(cityEntries.name).countDocuments(),
		timeline(hub).store.ofCommands(commands),
	]);
	if (entries > planted.size) return;
	await Promise.all(
		cities.map(({ code, letters, zh, en, place }) =>
			timeline(hub).append({
				subject: subjectOf(code),
				commandId: idOf(code),
				decide: () => [
					{
						type: 'city.registered',
						data: { letters, zh, en, place, keepers: [] },
						actor: { kind: 'system', by: 'hub' },
						machine: machineOf(letters),
						version: 1,
					},
				],
			}),
		),
	);
	await timeline(hub).flushProjections(codes.map(subjectOf));
	await cityRegister(hub).follow(codes);
}
