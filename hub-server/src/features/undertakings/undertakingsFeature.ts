import type { Feature } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { signaturesProjection } from './signatures.ts';
import { undertakingRoutes } from './undertaking.routes.ts';
import { undertakingVersions } from './undertakingVersions.ts';

/** The undertaking 保密承诺书 that clerks and approvers sign, version by version (S4.3). */
export const undertakings: Feature = {
	name: 'undertakings',
	register(hub) {
		timeline(hub).register(undertakingVersions);
		timeline(hub).register(signaturesProjection);
		undertakingRoutes(hub);
	},
};
