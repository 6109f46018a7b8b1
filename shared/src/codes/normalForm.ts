import { isPhone } from './phone.ts';
import { plainText } from './plainText.ts';

/** What people put between the groups of a number: blanks, hyphens and dashes of every kind, dots, slashes. */
const SEPARATORS = /[\s\p{Pd}\u2212·•.。/\\_]/gu;
/** Signs that look like the last character of an ID number. */
export const LIKE_X = /[×✕✖ХхΧχ]/gu;

/** A code of letters and digits as it is stored, whatever it was pasted with. */
export function codeForm(text: string): string {
	return plainText(text).replaceAll(SEPARATORS, '').toUpperCase();
}

export function citizenIdForm(text: string): string {
	return codeForm(text.replaceAll(LIKE_X, 'X'));
}

/**
 * A telephone number as it is stored: a mobile number as eleven digits without the country's prefix, a landline with
 * its hyphens (`021-37736000-801`). What is no number (yet) keeps its signs, so that it can be typed on and its mistake
 * is seen.
 */
export function phoneForm(text: string): string {
	const plain = plainText(text).trim();
	const dashed = plain
		.replaceAll(/[\p{Pd}\u2212]/gu, '-')
		.replaceAll(/\(([^()]*)\)/g, '-$1-')
		.replaceAll(/[\s·•.。/]/gu, '')
		.replaceAll(/-{2,}/g, '-')
		.replaceAll(/^-|-$/g, '');
	const mobile = /^(?:\+|00)?(?:86)?(1[3-9]\d{9})$/.exec(dashed.replaceAll('-', ''))?.[1];
	if (mobile !== undefined) return mobile;
	// Abroad the 0 of the area code is left out: +86 21 37736000.
	const landline = dashed.replace(/^(?:\+|00)-?86-?0?/, '0');
	return isPhone(landline) && !/-$/.test(plain) ? landline : plain;
}
