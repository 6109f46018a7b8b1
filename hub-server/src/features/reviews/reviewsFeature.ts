import type { HubContext } from '../../HubContext.ts';
import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { endRoundAtConclusion } from './atConclusion.ts';
import { fileNotices } from './fileNotices.ts';
import { noticeRoutes } from './notice.routes.ts';
import { countReasons } from './reasons.ts';
import { reviewRoutes } from './review.routes.ts';
import { reviewSockets } from './review.sockets.ts';
import { reviewProjection } from './reviewProjection.ts';
import { reviewSettingsProjection } from './reviewSettings.ts';

/** The review of a case's materials, one after the other (V7), and the one-time notice that follows from its marks. */
export const reviews: Feature = {
	name: 'reviews',
	register(hub: HubContext) {
		timeline(hub).register(reviewProjection);
		timeline(hub).register(reviewSettingsProjection);
		reviewSockets(hub);
		reviewRoutes(hub);
		noticeRoutes(hub);
		endRoundAtConclusion(hub);
		fileNotices(hub);
		countReasons(hub);
	},
};
