/** Citizen ID number 公民身份号码, GB 11643-1999. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

export type CitizenIdCheck =
	{ valid: true } | { valid: false; reason: 'form' | 'date' | 'checkDigit'; expected?: string };

/**
 * Checks 18 characters (`x` counts as `X`). 15-digit numbers are refused, the region prefix is not checked against
 * today's list, and the date of birth must be a real one that is not after `today` (ISO date, Asia/Shanghai).
 */
export function checkCitizenId(number: string, today: string): CitizenIdCheck {
	const upper = number.toUpperCase();
	if (!/^\d{17}[\dX]$/.test(upper)) return { valid: false, reason: 'form' };
	const born = `${upper.slice(6, 10)}-${upper.slice(10, 12)}-${upper.slice(12, 14)}`;
	if (!isRealDate(born) || born > today) return { valid: false, reason: 'date' };
	const expected = checkCharacter(upper);
	return upper.charAt(17) === expected ? { valid: true } : { valid: false, reason: 'checkDigit', expected };
}

/** Completes 17 digits to a valid number; for seed data. */
export function completeCitizenId(first17: string): string {
	return first17 + checkCharacter(first17);
}

function checkCharacter(digits: string): string {
	const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits.charAt(i)), 0);
	return CHECK_CHARACTERS.charAt(sum % 11);
}

function isRealDate(iso: string): boolean {
	const date = new Date(`${iso}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
