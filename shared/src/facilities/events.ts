import { windowId } from '../ids/ids.ts';
import { site, windowFacilities } from './facilities.ts';

/** On the timeline `counter:<id>`: what somebody has found there, all of it. */
export const facilityEvents = {
	'facilities.siteRecorded': site,
	'facilities.windowRecorded': windowFacilities.extend({ windowId }),
} as const;
