import { auth } from './features/auth/authFeature.ts';
import { catalogue } from './features/catalogue/catalogueFeature.ts';
import { timelineFeature } from './features/timeline/timelineFeature.ts';
import type { Feature } from './HubContext.ts';

/** The features of the hub, in the order of registration: one line each. */
export const features: readonly Feature[] = [timelineFeature, auth, catalogue];
