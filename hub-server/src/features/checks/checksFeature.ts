import type { Feature } from '../../HubContext.ts';
import { hubSockets, roomOf } from '../../hubSockets.ts';
import { timeline } from '../timeline/timeline.ts';
import { idOf } from '../timeline/types.ts';
import { checkRoutes } from './check.routes.ts';
import { checkMinimumProjection } from './checkMinimum.ts';
import { windowCheckModel, windowChecks } from './windowChecks.ts';

/** The start-of-shift check of windows: devices, custody, and the way to the own media node (L1, L2, S5.2b). */
export const checks: Feature = {
	name: 'checks',
	register(hub) {
		windowCheckModel(hub.connection);
		timeline(hub).register(windowChecks);
		timeline(hub).register(checkMinimumProjection);
		checkRoutes(hub);
		timeline(hub).live({
			name: 'pages of checks',
			kind: 'check',
			onEvents: async (events) => {
				for (const key of new Set(events.map(({ subject }) => idOf(subject)))) {
					const check = await timeline(hub).state(windowChecks, key);
					if (!check) continue;
					hubSockets(hub).namespace.local.to(roomOf.counter(check.counterId)).emit('check:changed', check);
				}
			},
		});
	},
};
