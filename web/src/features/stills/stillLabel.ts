import type { Still } from '@counter-hub/shared/stills/stills.ts';
import { m } from '#paraglide/messages.js';

/** Where a still is filed: 材料 2. */
export const stillLabel = ({ materialNo }: Pick<Still, 'materialNo'>): string =>
	materialNo === null ? m.stills_label_none() : m.stills_label({ no: materialNo });
