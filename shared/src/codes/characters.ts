import { z } from 'zod';

/**
 * A trimmed text of `least` to `most` characters as people (and JSON Schema) count them: 𠮷 is one, though JavaScript
 * counts two.
 */
export function characters(least: number, most: number) {
	const trimmed = counted(z.string().trim(), least, most);
	return least === 0 ? trimmed : trimmed.meta({ pattern: notBlank(least) });
}

/** The same, with the blanks around it. */
export const untrimmed = (least: number, most: number) => counted(z.string(), least, most);

function counted(schema: z.ZodString, least: number, most: number) {
	return schema
		.superRefine((text, context) => {
			const length = Array.from(text).length;
			// What is too long is not looked at any further, as some of what follows would take long for it.
			const limits = { origin: 'string', inclusive: true, input: text, continue: false } as const;
			if (length < least) context.addIssue({ code: 'too_small', minimum: least, ...limits });
			if (length > most) context.addIssue({ code: 'too_big', maximum: most, ...limits });
		})
		.meta({ ...(least > 0 && { minLength: least }), maxLength: most });
}

/** What holds `least` characters after trimming, for the API's document. */
const notBlank = (least: number) =>
	least === 1 ? '[^\\s\\ufeff]' : `[^\\s\\ufeff][\\s\\S]{${least - 2},}[^\\s\\ufeff]`;

/** Cuts a text to `most` characters and never through one; for inputs, whose own limit counts halves. */
export const firstCharacters =
	(most: number) =>
	(text: string): string => {
		const all = Array.from(text);
		return all.length > most ? all.slice(0, most).join('') : text;
	};
