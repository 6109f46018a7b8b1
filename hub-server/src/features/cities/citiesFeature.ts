import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { Feature } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';
import { cityRoutes } from './city.routes.ts';
import { cityEntries, cityLetters } from './cityProjections.ts';
import { cityRegister } from './CityRegister.ts';
import { plantCities } from './plantCities.ts';

/** So often a hub looks for what no news told it. */
const LOOKED_AT_MS = 10_000;

/** The register of cities. Stands before whatever reads `CITIES`: those find it read when they start. */
export const cities: Feature = {
	name: 'cities',
	register(hub) {
		timeline(hub).register(cityEntries);
		timeline(hub).register(cityLetters);
		cityRoutes(hub);
		timeline(hub).live({
			name: 'register of cities',
			kind: 'city',
			onEvents: (events) =>
				cityRegister(hub).follow(
					events
						.filter(({ type }) => type === 'city.registered' || type === 'city.changed')
						.map(({ subject }) => idOf(subject)),
				),
		});
		hubSockets(hub).namespace.on('connection', (socket) =>
			socket.emit('cities:changed', { cities: [...CITIES] }),
		);
		hub.sweeper.every(LOOKED_AT_MS, 'register of cities', () => cityRegister(hub).load());
	},
	async start(hub) {
		await plantCities(hub);
		await cityRegister(hub).load();
	},
};
