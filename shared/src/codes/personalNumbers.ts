import { checkCitizenId } from './citizenId.ts';
import { LIKE_X } from './normalForm.ts';
import { plainText } from './plainText.ts';
import { checkUscc } from './uscc.ts';

/** Digits as they are written in words: 一三八 … and, on the telephone, 幺. */
const SPOKEN = new Map(
	['〇零○', '一壹幺', '二贰两', '三叁', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
		(signs, digit) => Array.from(signs, (sign) => [sign, String(digit)] as const),
	),
);
/** Groups of digits with anything between them but letters and numbers; an ID number may end in X. */
const RUN = /\d+(?:[^\p{L}\p{N}]+\d+)*(?:[^\p{L}\p{N}]*X)?/giu;
const MOBILE = /^(?:(?:00)?86|0)?1[3-9]\d{9}$/;
const LONGEST = 18;
/** No text that is longer is taken anywhere, and looking through one would take long. */
const TEXT_MOST = 10_000;
/** Whether somebody could be born on a date is no matter here. */
const ANY_DATE = '9999-12-31';

/** Numbers that are none of a person, though their digits could be read so. */
const HARMLESS = [
	// Case numbers.
	/(?<![A-Z])[A-Z]{1,4}-\d{6}-\d{4,6}(?!\d)/gi,
	// Dates and times of day.
	/(?<![\d.+/\p{Pd}])(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])(?![\d/\p{Pd}]|\.\d)/gu,
	/(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])/g,
	// Amounts: with thousands, or in a currency with decimals.
	/(?<![\d,.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]|[^\p{L}\p{N}\s]\d|\s\d{3,4}(?![\d,.]))/gu,
	/(?<=[¥$€]\s?|RMB\s?|CNY\s?)\d+\.\d{1,2}(?!\d|\.\d)/gi,
	/(?<![\d.])\d+\.\d{1,6}(?=\s?(?:亿|万|元|RMB|CNY|%))/gi,
];

/**
 * Whether a text holds a citizen ID number or a mobile number, in whatever way it is written: digits of any script and
 * width, in words, in groups with any signs between, with the country's prefix, with signs that nobody sees.
 * A check digit tells an ID number from another number of 18 digits. Of a text beyond all limits it is taken for granted.
 */
export function holdsPersonalNumber(text: string): boolean {
	if (text.length > TEXT_MOST) return true;
	// A Chinese comma parts no thousands. ① and ² are numbers of their own: they do not lengthen the one beside them.
	const apart = text
		.replaceAll(LIKE_X, 'X')
		.replaceAll('，', '、')
		.replaceAll(/\p{No}/gu, ' $& ');
	const plain = plainText(apart);
	const spoken = Array.from(plain, (sign) => SPOKEN.get(sign) ?? sign)
		.join('')
		.replaceAll(/\d[\dOo]*(?=([A-Z]?))/gi, zeros);
	return [plain, spoken].some((one) => holdsId(one) || holdsMobile(one));
}

/** Letters that stand for zeros; the last one may begin a word. */
function zeros(run: string, letter: string): string {
	const word = letter !== '' && /O$/i.test(run) ? run.slice(-1) : '';
	return run.slice(0, run.length - word.length).replaceAll(/O/gi, '0') + word;
}

function holdsId(text: string): boolean {
	return joinedGroups(text).some(
		(number) =>
			/^[1-9]\d{5}(?:18|19|20)/.test(number) && checkCitizenId(number, ANY_DATE).valid && !isUscc(number),
	);
}

function holdsMobile(text: string): boolean {
	// A letter keeps what stands before and behind apart.
	let rest = text.replaceAll(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/gi, (code) =>
		/[A-Z]/i.test(code.slice(0, -1)) && checkUscc(code.toUpperCase()).valid ? 'n' : code,
	);
	for (const form of HARMLESS) rest = rest.replaceAll(form, 'n');
	return joinedGroups(rest).some((number) => MOBILE.test(number));
}

/** A code of an enterprise that has digits only (91, 92, 93) can look like an ID number. */
const isUscc = (number: string) => /^9[123]/.test(number) && checkUscc(number).valid;

/** Every number that neighbouring groups of digits can be read as, up to 18 characters. */
function joinedGroups(text: string): string[] {
	return (text.match(RUN) ?? []).flatMap((run) => {
		const groups = run.toUpperCase().match(/\d+|X/g) ?? [];
		return groups.flatMap((_, from) => {
			const numbers: string[] = [];
			for (let to = from + 1; to <= groups.length; to += 1) {
				const part = groups.slice(from, to);
				const number = part.join('');
				if (number.length > LONGEST) break;
				if (!isEnumeration(part)) numbers.push(number);
			}
			return numbers;
		});
	});
}

/** 1, 3, 5, 7, 9, 11 … as in “materials 1, 3, 5 …”. */
function isEnumeration(groups: readonly string[]): boolean {
	return (
		groups.length > 3 &&
		groups.every((group, i) => /^[1-9]\d?$/.test(group) && (i === 0 || Number(group) > Number(groups[i - 1])))
	);
}
