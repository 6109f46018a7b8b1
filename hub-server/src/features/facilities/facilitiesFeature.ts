import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { facilitiesRoutes } from './facilities.routes.ts';
import { facilitiesProjection } from './facilitiesProjection.ts';

/** Facilities 设施设备 of counters and their windows, and in what they fall short of the standard (S5.1, S5.2a). */
export const facilities: Feature = {
	name: 'facilities',
	register(hub) {
		timeline(hub).register(facilitiesProjection);
		facilitiesRoutes(hub);
	},
};
