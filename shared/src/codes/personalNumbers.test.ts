import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completeCitizenId } from './citizenId.ts';
import { holdsPersonalNumber } from './personalNumbers.ts';
import { completeUscc } from './uscc.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const runs = { seed, numRuns: 2_000 };

const digits = (length: number) =>
	fc
		.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
		.map((list) => list.join(''));
const mobile = fc
	.tuple(fc.integer({ min: 3, max: 9 }), digits(9))
	.map(([second, rest]) => `1${second}${rest}`);
const two = (n: number) => String(n).padStart(2, '0');
const dateParts = fc.tuple(
	fc.integer({ min: 1900, max: 2025 }),
	fc.integer({ min: 1, max: 12 }),
	fc.integer({ min: 1, max: 28 }),
);
const citizenIds = fc
	.tuple(fc.integer({ min: 110000, max: 659999 }), dateParts, digits(3))
	.map(([region, [year, month, day], serial]) =>
		completeCitizenId(`${region}${year}${two(month)}${two(day)}${serial}`),
	);

/** Scripts and widths that digits come in; a zero each. */
const ZEROS = ['0', '０', '٠', '۰', '०', '๐', '𝟎', '𝟘', '᠐'];
const scripts = fc.constantFrom(...ZEROS).map((zero) => {
	const first = zero.codePointAt(0) ?? 0;
	return (text: string) =>
		text
			.replaceAll(/\d/g, (digit) => String.fromCodePoint(first + Number(digit)))
			.replace('X', zero === '０' ? 'Ｘ' : 'X');
});
const UNSEEN = ['\u200b', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u180e', '\u202a', '\u{e0020}'];
const unseen = fc.constantFrom('', ...UNSEEN);
const separator = fc.constantFrom(
	...[
		'',
		' ',
		'\u3000',
		'\u00a0',
		'-',
		'‐',
		'–',
		'—',
		'－',
		'/',
		'／',
		'·',
		'_',
		'\t',
		'\n',
		' - ',
		'...',
		')',
		'】',
		'、',
		'*',
		'~',
	],
);
/** Cuts a number into groups of three or more and puts signs between. */
const groups = (number: fc.Arbitrary<string>) =>
	fc
		.tuple(
			number,
			fc.array(fc.integer({ min: 3, max: 6 }), { minLength: 1, maxLength: 6 }),
			fc.array(fc.tuple(separator, unseen), { minLength: 7, maxLength: 7 }),
		)
		.map(([text, sizes, signs]) => {
			let written = '';
			let at = 0;
			for (const [i, size] of sizes.entries()) {
				written += text.slice(at, at + size) + (signs[i] ?? []).join('');
				at += size;
			}
			return written + text.slice(at);
		});
/** Words that stand around a number; those in front end with no digit, those behind begin with none. */
const before = fc.constantFrom('', '电话', '请在周三联系：', 'tel ', '第2页（', '材料 1、3、5，');
const behind = fc.constantFrom('', '，下午联系', ')', ' 已到场', '。共3份');

describe('F10 personal numbers in free text', () => {
	test(`mobile numbers are found in every disguise (seed ${seed})`, () => {
		const prefix = fc.constantFrom('', '+86', '+86 ', '86-', '0086', '0086 ', '(+86)', '（+86）', '0');
		fc.assert(
			fc.property(before, prefix, groups(mobile), scripts, behind, (front, country, number, script, back) => {
				expect(holdsPersonalNumber(front + script(country + number) + back)).toBe(true);
			}),
			runs,
		);
	});

	test(`ID numbers are found in every disguise (seed ${seed})`, () => {
		fc.assert(
			fc.property(before, groups(citizenIds), scripts, behind, (front, number, script, back) => {
				expect(holdsPersonalNumber(front + script(number) + back)).toBe(true);
			}),
			runs,
		);
	});

	test.each([
		'+8613800138000',
		'+86 138 0013 8000',
		'86-138-0013-8000',
		'１３８００１３８０００',
		'138\u200b0013\u200b8000',
		'138\u30000013\u30008000',
		'138.0013.8000',
		'138,0013,8000',
		'1 3 8 0 0 1 3 8 0 0 0',
		'①13800138000',
		'一三八零零一三八零零零',
		'幺三八〇〇幺三八〇〇〇',
		'①③⑧⓪⓪①③⑧⓪⓪⓪',
		'1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣',
		'138OO138OOO',
		'138oO138Ooo，请回电',
		'138OO138OO0',
		'2026-11-27 138 0013 8000',
		'138-2026-11-27',
		'310117/19000101/008X',
		'310117-1900-01-01-008X',
		'310117 1900.01.01 008 Ｘ',
		'31011719000101008×',
		'31011719000101008Х',
	])('found: %s', (text) => {
		expect(holdsPersonalNumber(text)).toBe(true);
	});

	const usccs = fc
		.tuple(
			fc.constantFrom('91', '92', '51', '12', '13'),
			fc.integer({ min: 110000, max: 659999 }),
			fc.stringMatching(/^[0-9A-HJ-NPQRTUWXY]{9}$/),
		)
		.filter(([, , organisation]) => /[A-HJ-NPQRTUWY]/.test(organisation))
		.map(([kind, region, organisation]) => completeUscc(`${kind}${region}${organisation}`));
	const dates = fc
		.tuple(
			dateParts,
			fc.constantFrom('-', '/', '.'),
			fc.integer({ min: 0, max: 23 }),
			fc.integer({ min: 0, max: 59 }),
		)
		.map(
			([[year, month, day], sign, hour, minute]) =>
				`${year}${sign}${two(month)}${sign}${two(day)} ${two(hour)}:${two(minute)}`,
		);
	const amounts = fc
		.tuple(fc.integer({ min: 0, max: 99_999_999_999 }), fc.integer({ min: 0, max: 99 }))
		.chain(([whole, cents]) =>
			fc.constantFrom(
				`¥${whole}.${two(cents)}`,
				`${whole}.${two(cents)} 元`,
				`${whole.toLocaleString('en')}.${two(cents)}`,
				`${whole.toLocaleString('en')} 元`,
			),
		);
	const waybills = fc.oneof(
		digits(9).map((number) => `EE${number}CN`),
		digits(13).map((number) => `SF${number.replace(/^8?6?/, '75')}`),
		digits(11).map((number) => `75${number}`),
		digits(10).map((number) => `77${number}`),
	);
	const caseNumbers = fc
		.tuple(dateParts, digits(4))
		.map(([[year, month, day], number]) => `SJ-${String(year).slice(2)}${two(month)}${two(day)}-${number}`);
	const harmless = fc.oneof(
		usccs,
		dates,
		amounts,
		waybills,
		caseNumbers,
		fc.constantFrom('021-37736000', '0571-87654321-801', '1、3、5、7、9、11、13、15'),
	);
	const joint = fc.constantFrom('，', ' 与 ', '；已收 ', '，编号 ');

	test(`numbers that are none of a person stay allowed (seed ${seed})`, () => {
		fc.assert(
			fc.property(harmless, joint, harmless, (first, between, second) => {
				const words = between === '，' ? '，另见' : between;
				expect(holdsPersonalNumber(`材料${first}${words}${second}。`)).toBe(false);
			}),
			runs,
		);
	});

	test.each([
		'校验位不对 310117190001010013',
		'材料 1、3、5、7、9、11、13、15，2026-11-27 补齐',
		'窗口 15 2026-11-27 9:30 再来',
		'注册资本 138001380.00 元',
		'流水号 20261127138001380001234',
		'一是盖章，二是签字，三是日期',
		'法定代表人 𠮷某，龙某',
	])('allowed: %s', (text) => {
		expect(holdsPersonalNumber(text)).toBe(false);
	});
});
