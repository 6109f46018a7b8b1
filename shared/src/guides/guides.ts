import { z } from 'zod';
import { item, itemNo } from '../catalogue/catalogue.ts';
import { cityCode, knownCity } from '../cities/cities.ts';

/** Names an edition of the guides, such as `2026.1`. */
export const guideVersion = z.string().regex(/^\d{4}\.\d{1,2}$/);
/** Names a section within its guide. */
export const guideSectionId = z.string().regex(/^[a-z]{2,20}$/);

/** One paragraph, or one point of a list where it has a `term`: a material, a place, a step. */
const guideEntry = z.object({ term: z.string().nullable(), text: z.string() });

const guideSection = z
	.object({
		id: guideSectionId,
		/** Headings are there in both languages; the texts themselves are Chinese. */
		title: z.string(),
		titleEn: z.string(),
		entries: z.array(guideEntry),
	})
	.meta({ id: 'GuideSection' });
export type GuideSection = z.infer<typeof guideSection>;

/** The guide 办事指南 of an item as one city applies it (S4.4a). */
export const guide = z
	.object({
		itemNo,
		...item.pick({ name: true, nameEn: true }).shape,
		/** Whose counter decides. */
		cityCode,
		version: guideVersion,
		/** Day from which it applies, in Shanghai. */
		validFrom: z.iso.date(),
		sections: z.array(guideSection),
	})
	.meta({ id: 'Guide' });
export type Guide = z.infer<typeof guide>;

export const guideQuery = z.strictObject({
	/** The deciding city. */
	city: knownCity,
	/** An earlier edition, such as the one that an event names. Without it: the one in force. */
	version: guideVersion.optional(),
});
