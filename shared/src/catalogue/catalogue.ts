import { z } from 'zod';

/** One material of an item's list; `conditional` ones are asked for only where they apply. */
export const material = z
	.object({ no: z.int().min(1), name: z.string(), conditional: z.boolean() })
	.meta({ id: 'Material' });
export type Material = z.infer<typeof material>;

/** An item 事项 of the catalogue of Annex A (S6.2). */
export const item = z
	.object({
		no: z.int().min(1).max(30),
		name: z.string(),
		nameEn: z.string(),
		mode: z.enum(['online', 'combined']),
		legalNature: z.enum(['licence', 'registration', 'filing', 'announcement']),
		/** Guidance only: nothing is filed at the counter. */
		guidanceOnly: z.boolean(),
		materials: z.array(material),
		/** Statutory limit; `verified: false` shows the label 待核标准原文. */
		limit: z.object({ n: z.int(), unit: z.enum(['workingDay', 'day']), verified: z.boolean() }),
	})
	.meta({ id: 'Item' });
export type Item = z.infer<typeof item>;
export const itemNo = z.int().min(1).max(999);
