import type { Feature } from '../../HubContext.ts';
import { addStaffSearch } from './addStaffSearch.ts';
import { peopleRoutes } from './people.routes.ts';
import { LEFT_ACTS_SWEEP_MS, settleLeftActs } from './settleActs.ts';
import { staffModel } from './Staff.model.ts';

/** The register of staff. */
export const people: Feature = {
	name: 'people',
	register(hub) {
		staffModel(hub.connection);
		peopleRoutes(hub);
		hub.sweeper.every(LEFT_ACTS_SWEEP_MS, 'acts about staff', () => settleLeftActs(hub, 'staff'));
	},
	start: (hub) => addStaffSearch(hub.connection),
};
