import { z } from 'zod';
import { itemNo } from '../catalogue/catalogue.ts';
import { cityCode } from '../cities/cities.ts';

export const guideEvents = {
	/** A section of a guide was put before the other side of a call; about its session (V9). */
	'guide.shown': z.object({
		itemNo,
		cityCode,
		/** Of the guide that was shown. */
		version: z.string(),
		section: z.string(),
		/** The section's heading in that version. */
		title: z.string(),
	}),
} as const;
