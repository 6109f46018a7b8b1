import { eventShapes } from '@counter-hub/shared/timeline/eventShapes.ts';
import type { Feature } from '../../HubContext.ts';
import { TIMELINE_MEMORY_SWEEP } from '../../limits.ts';
import { timeline } from './timeline.ts';

/** Stands first in the list of features: the others find their projections caught up when they start. */
export const timelineFeature: Feature = {
	name: 'timeline',
	register(hub) {
		hub.api.shapes(eventShapes);
		hub.checks.push({
			title: 'news of other hubs',
			isReady: () => Promise.resolve(timeline(hub).isFollowed),
		});
		hub.sweeper.every(TIMELINE_MEMORY_SWEEP, 'memory of timelines at rest', () => {
			timeline(hub).forgetIdle();
			return Promise.resolve();
		});
		hub.shutdown.add('work', 'timeline', () => timeline(hub).close());
	},
	async start(hub) {
		await timeline(hub).start();
	},
};
