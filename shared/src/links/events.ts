import { linkMeasurement } from './linkMeasurement.ts';
import { linkLimits } from './linkTerms.ts';

/**
 * `link.measured` stands on the timeline `link:<city>-<city>`, the smaller code first, and moves the machine
 * `linkDay:<city>-<city>~<date>`; `city.linkLimits` on `city:<code>`.
 */
export const linkEvents = {
	'link.measured': linkMeasurement,
	'city.linkLimits': linkLimits,
} as const;
