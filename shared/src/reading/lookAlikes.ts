import { checkUscc } from '../codes/uscc.ts';
import { checkCitizenId } from '../codes/citizenId.ts';

/** Signs that a digit is taken for. */
const AS_DIGIT: Readonly<Record<string, string>> = {
	O: '0',
	Q: '0',
	D: '0',
	I: '1',
	L: '1',
	Z: '2',
	S: '5',
	G: '6',
	B: '8',
};
/** Letters that no USCC holds: they were a digit. */
const NEVER: Readonly<Record<string, string>> = { O: '0', I: '1', Z: '2', S: '5' };
/** Signs of a USCC that look like each other. */
const ALIKE: Readonly<Record<string, string>> = {
	'0': 'DQ',
	D: '0',
	Q: '0',
	'1': 'L7',
	L: '1',
	'7': '1T',
	T: '7',
	'8': 'B',
	B: '8',
	'6': 'G',
	G: '6',
	U: 'Y',
	Y: 'U',
};
/** Characters 2–8 are digits: category and region. */
const DIGITS = { from: 1, to: 8 };

export interface Resolved {
	readonly code: string;
	/** Signs were changed. */
	readonly changed: boolean;
}

/**
 * A USCC from 18 characters that were read, in upper case. Where the check digit is wrong, one sign may be what looks
 * like it; it is taken only if there is exactly one way. Never looks at what is expected.
 * @returns undefined where no code, or more than one, comes out
 */
export function resolveUscc(read: string): Resolved | undefined {
	const plain = Array.from(read, (sign, i) => {
		const digit = i >= DIGITS.from && i < DIGITS.to ? AS_DIGIT[sign] : undefined;
		return digit ?? NEVER[sign] ?? sign;
	}).join('');
	if (checkUscc(plain).valid) return { code: plain, changed: plain !== read };
	const ways = [...oneChanged(plain)].filter((code) => checkUscc(code).valid);
	// Both of its check digits right says much more than one.
	const sound = ways.filter((code) => !('warning' in checkUscc(code)));
	const [code, another] = sound.length > 0 ? sound : ways;
	return code !== undefined && another === undefined ? { code, changed: true } : undefined;
}

function* oneChanged(code: string): Generator<string> {
	for (let i = 0; i < code.length; i++) {
		for (const other of ALIKE[code.charAt(i)] ?? '') {
			if (i >= DIGITS.from && i < DIGITS.to && !/\d/.test(other)) continue;
			yield code.slice(0, i) + other + code.slice(i + 1);
		}
	}
}

/** A citizen ID number from 18 characters that were read, in upper case; undefined where its check digit is not right. */
export function resolveCitizenId(read: string, today: string): Resolved | undefined {
	const digits = Array.from(read.slice(0, 17), (sign) => AS_DIGIT[sign] ?? sign).join('');
	const last = read.charAt(17);
	const code = digits + (last === 'X' ? last : (AS_DIGIT[last] ?? last));
	return checkCitizenId(code, today).valid ? { code, changed: code !== read } : undefined;
}
