import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { hoursRoutes } from './hours.routes.ts';
import { hoursProjection } from './hoursProjection.ts';

/** When counters serve 服务时间. Others ask by `openingOf`. */
export const hours: Feature = {
	name: 'hours',
	register(hub) {
		timeline(hub).register(hoursProjection);
		hoursRoutes(hub);
	},
};
