import type { Feature } from '../../HubContext.ts';
import { personStore } from './PersonStore.ts';

/** The protected store of natural persons. Nothing of it is served but through the case that a person belongs to. */
export const persons: Feature = {
	name: 'persons',
	register(hub) {
		personStore(hub);
	},
};
