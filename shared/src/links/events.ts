import { callMeasurement, linkMeasurement } from './linkMeasurement.ts';
import { linkLimits } from './linkTerms.ts';

/**
 * `link.measured`, and `link.heard` of a call, stand on the timeline `link:<city>-<city>`, the smaller code first, and move
 * the machine `linkDay:<city>-<city>~<date>`; `city.linkLimits` on `city:<code>`.
 */
export const linkEvents = {
	'link.measured': linkMeasurement,
	'link.heard': callMeasurement,
	'city.linkLimits': linkLimits,
} as const;
