import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { followHandovers } from './followHandovers.ts';
import { sweepLapses } from './lapses.ts';
import { shiftRoutes } from './shift.routes.ts';
import {
	currentShifts,
	explainedDayModel,
	explainedDays,
	shiftModel,
	shiftsProjection,
} from './shiftProjections.ts';
import { tellShifts } from './tellShifts.ts';

/** Shifts from opening to close, their handover, and the attendance that follows from them (S4.4c, S7.1a, L6). */
export const shifts: Feature = {
	name: 'shifts',
	register(hub) {
		shiftModel(hub.connection);
		explainedDayModel(hub.connection);
		timeline(hub).register(shiftsProjection);
		timeline(hub).register(currentShifts);
		timeline(hub).register(explainedDays);
		shiftRoutes(hub);
		followHandovers(hub);
		tellShifts(hub);
		sweepLapses(hub);
	},
};
