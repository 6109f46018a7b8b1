/** Unified social credit code 统一社会信用代码, GB 32100-2015. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

export type UsccCheck =
	| { valid: true; warning?: 'organisationCheckDigit' }
	| { valid: false; reason: 'length' | 'character' | 'checkDigit'; expected?: string };

/**
 * Checks an 18-character code in upper case. A wrong check digit of the embedded organisation code (GB 11714,
 * characters 9–17) is only a warning: such codes exist on real licences.
 */
export function checkUscc(code: string): UsccCheck {
	if (code.length !== 18) return { valid: false, reason: 'length' };
	const values = Array.from(code, (character) => ALPHABET.indexOf(character));
	if (values.some((value) => value < 0)) return { valid: false, reason: 'character' };
	const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);
	const expected = ALPHABET.charAt((31 - (sum % 31)) % 31);
	if (code.charAt(17) !== expected) return { valid: false, reason: 'checkDigit', expected };
	return organisationCheckDigit(code.slice(8, 16)) === code.charAt(16)
		? { valid: true }
		: { valid: true, warning: 'organisationCheckDigit' };
}

/** GB 11714 check character of the eight characters of an organisation code (letters count A=10 … Z=35). */
function organisationCheckDigit(body: string): string {
	const sum = ORGANISATION_WEIGHTS.reduce(
		(total, weight, i) => total + weight * Number.parseInt(body.charAt(i), 36),
		0,
	);
	const check = 11 - (sum % 11);
	return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Completes 17 characters to a valid code; for seed data. */
export function completeUscc(first17: string): string {
	for (const digit of ALPHABET) if (checkUscc(first17 + digit).valid) return first17 + digit;
	throw new RangeError(`not the first 17 characters of a USCC: ${first17}`);
}
