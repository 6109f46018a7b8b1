import type { Feature } from '../../HubContext.ts';
import { LEFT_ACTS_SWEEP_MS, settleLeftActs } from '../people/settleActs.ts';
import { counterRoutes } from './counter.routes.ts';
import { places } from './Places.ts';

/** Centres, counters and windows. */
export const counters: Feature = {
	name: 'counters',
	register(hub) {
		places(hub);
		counterRoutes(hub);
		hub.sweeper.every(LEFT_ACTS_SWEEP_MS, 'acts about counters', () => settleLeftActs(hub, 'counter'));
	},
};
