import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { calendarRoutes } from './calendar.routes.ts';
import { calendarProjection } from './calendarProjection.ts';
import { plantOfficialYears } from './plantOfficialYears.ts';

/** The working-day calendar 工作日历: days off, worked weekends, and how far it is known. */
export const calendar: Feature = {
	name: 'calendar',
	register(hub) {
		timeline(hub).register(calendarProjection);
		calendarRoutes(hub);
	},
	start: plantOfficialYears,
};
