import { z } from 'zod';

/**
 * A trimmed text of `least` to `most` characters as people count them: 𠮷 is one, though JavaScript counts two.
 */
export function characters(least: number, most: number) {
	return z
		.string()
		.trim()
		.superRefine((text, context) => {
			const length = Array.from(text).length;
			if (length < least) {
				context.addIssue({
					code: 'too_small',
					origin: 'string',
					minimum: least,
					inclusive: true,
					input: text,
				});
			}
			if (length > most) {
				context.addIssue({ code: 'too_big', origin: 'string', maximum: most, inclusive: true, input: text });
			}
		})
		.meta({ minLength: least, maxLength: most });
}

/** Cuts a text to `most` characters and never through one; for inputs, whose own limit counts halves. */
export const firstCharacters =
	(most: number) =>
	(text: string): string => {
		const all = Array.from(text);
		return all.length > most ? all.slice(0, most).join('') : text;
	};
