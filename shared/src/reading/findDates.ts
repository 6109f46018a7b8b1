import type { DateSense } from './findings.ts';
import type { Spotted } from './findNumbers.ts';
import { spanOf, type Row } from './rows.ts';

const DATE =
	/(?<!\d)((?:19|20)\d\d)[ \t]*(?:年[ \t]*(\d{1,2})[ \t]*月[ \t]*(\d{1,2})[ \t]*日|([-./])(\d{1,2})\4(\d{1,2})(?!\d))/g;
const SPOKEN =
	/([〇○零一二三四五六七八九]{4})[ \t]*年[ \t]*([一二三四五六七八九十]{1,3})[ \t]*月[ \t]*([一二三四五六七八九十]{1,3})[ \t]*日/g;
const DIGITS = '〇一二三四五六七八九';
/** What stands before the end of a validity, and what stands behind its beginning. */
const TO = /(?:至|到|截止|截至|届满|[-~—–])[ \t:]*$/;
const WITHIN = /(?:有效期限?|期限)[ \t:]*$/;
const FROM = /^[ \t]*(?:起|至|到|[-~—–])/;

/** Dates of a row, `2024年06月18日`, `2024-6-18` or `二〇二四年六月十八日`. What is none on the calendar is left out. */
export function findDates(row: Row): Spotted[] {
	const written = [...row.text.matchAll(DATE)].map((match) => {
		const [, year = '', month, day, , otherMonth, otherDay] = match;
		return { match, iso: isoDate(Number(year), Number(month ?? otherMonth), Number(day ?? otherDay)) };
	});
	const spoken = [...row.text.matchAll(SPOKEN)].map((match) => {
		const [, year = '', month = '', day = ''] = match;
		return { match, iso: isoDate(spokenYear(year), spokenNumber(month), spokenNumber(day)) };
	});
	return [...written, ...spoken].flatMap(({ match, iso }) => {
		if (iso === undefined) return [];
		const end = match.index + match[0].length;
		const { box, confidence } = spanOf(row, match.index, end);
		const sense = senseOf(row.text.slice(0, match.index), row.text.slice(end));
		return [{ kind: 'date' as const, text: iso, box, confidence, sound: true, resolved: false, sense }];
	});
}

function senseOf(before: string, behind: string): DateSense {
	if (TO.test(before)) return 'until';
	return WITHIN.test(before) && !FROM.test(behind) ? 'until' : 'day';
}

function isoDate(year: number, month: number, day: number): string | undefined {
	const date = new Date(Date.UTC(year, month - 1, day));
	const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return isReal ? date.toISOString().slice(0, 10) : undefined;
}

const spokenYear = (text: string) =>
	Number(Array.from(text.replaceAll(/[○零]/g, '〇'), (sign) => DIGITS.indexOf(sign)).join(''));

/** 一 to 三十一. */
function spokenNumber(text: string): number {
	const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
	const of = (sign = '') => Math.max(0, DIGITS.indexOf(sign));
	if (!text.includes('十')) return text.length === 1 ? of(ones) : Number.NaN;
	return (tens === '' ? 1 : of(tens)) * 10 + (ones === '' ? 0 : of(ones));
}
