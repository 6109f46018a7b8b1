import { addDays, daysBetween, weekdayOf } from '@counter-hub/shared/calendar/localDate.ts';
import { plainText } from '@counter-hub/shared/codes/plainText.ts';
import { isDay } from '#ui/dayText.ts';

/** Something in a notice that a person has to look at. `text` is the sentence. */
export type NoticeDoubt =
	/** The sentence says how many days are off, and others were read. */
	| { kind: 'count'; text: string; said: number; read: number }
	/** The notice names another weekday than the date has: it may be the notice of another year. */
	| { kind: 'weekday'; date: string; said: string }
	/** A date that does not say whether it is off or worked, or that there is not. */
	| { kind: 'unread'; text: string };

/** What a notice 放假安排 says. */
export interface Notice {
	/** Which its title names. */
	year: number | null;
	daysOff: string[];
	workedWeekends: string[];
	/** Its number: `国办发明电〔2025〕7号`. */
	source: string | null;
	/** Dates of other years that it names. They belong there. */
	elsewhere: string[];
	doubts: NoticeDoubt[];
}

const DATE =
	/(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)\s*(?:\(([^)]*)\))?/g;
const RANGE = /^\s*(?:至|到|~|-|–|—+)\s*$/;
const VERB = /放假|上班|休息/;
const WEEKDAY = /(?:周|星期)([一二三四五六日天])/;
const WEEKDAYS = '一二三四五六日';
/** No holiday is longer; a range that is, was misread. */
const RANGE_MAX = 40;

/**
 * Reads the State Council's notice as people publish it: `二、春节：2月15日（周日）至23日（周一）放假调休，共9天。
 * 2月14日（周六）、2月28日（周六）上班。` Whatever it names is either taken or doubted, never dropped in silence.
 */
export function readNotice(raw: string, year: number): Notice {
	const text = plainText(raw);
	const notice: Notice = {
		year: Number(/(\d{4})年[^。\n]*?(?:节假日|放假)/.exec(text)?.[1] ?? 0) || null,
		daysOff: [],
		workedWeekends: [],
		source: /国办发[^\s〔[(]*[〔[(]\d{4}[〕\])]\d+号/.exec(text)?.[0] ?? null,
		elsewhere: [],
		doubts: [],
	};
	for (const sentence of text.split(/[。;\n]+/)) readSentence(sentence, year, notice);
	for (const list of ['daysOff', 'workedWeekends', 'elsewhere'] as const) {
		notice[list] = [...new Set(notice[list])].sort();
	}
	return notice;
}

function readSentence(sentence: string, year: number, notice: Notice): void {
	let off = 0;
	for (const { dates, end } of rangesIn(sentence, year, notice)) {
		const verb = VERB.exec(sentence.slice(end))?.[0];
		const ours = dates.filter((date) => date.startsWith(`${year}-`));
		// Days that everybody is only encouraged to take stay working days; the day of the signature is no day of ours.
		if (verb === '休息' || (verb === undefined && ours.length === 0)) continue;
		if (verb === undefined) notice.doubts.push({ kind: 'unread', text: sentence.trim() });
		else {
			if (verb === '放假') off += dates.length;
			notice[verb === '放假' ? 'daysOff' : 'workedWeekends'].push(...ours);
			notice.elsewhere.push(...dates.filter((date) => !ours.includes(date)));
		}
	}
	const said = Number(/共\s*(\d+)\s*天/.exec(sentence)?.[1] ?? off);
	if (said !== off) notice.doubts.push({ kind: 'count', text: sentence.trim(), said, read: off });
}

/** The dates of a sentence, each alone or from one to another, and where in the sentence they end. */
function rangesIn(sentence: string, year: number, notice: Notice): { dates: string[]; end: number }[] {
	const ranges: { dates: string[]; end: number }[] = [];
	let before = { year: null as number | null, month: 0, day: 0, end: 0 };
	for (const match of sentence.matchAll(DATE)) {
		const [all, isoYear, isoMonth, isoDay, ownYear, ownMonth, ownDay, beside = ''] = match;
		const joins = RANGE.test(sentence.slice(before.end, match.index));
		const month = Number(isoMonth ?? ownMonth ?? before.month);
		const named = Number(isoYear ?? ownYear ?? 0) || before.year;
		const day = Number(isoDay ?? ownDay);
		const end = match.index + all.length;
		const date = dateOf(named ?? year, month, day);
		if (!isDay(date)) notice.doubts.push({ kind: 'unread', text: sentence.trim() });
		else {
			checkWeekday(date, beside, notice);
			const last = joins ? ranges.at(-1) : undefined;
			if (last) {
				last.dates = datesBetween(last.dates, date, named === null);
				last.end = end;
				if (last.dates.length === 0) notice.doubts.push({ kind: 'unread', text: sentence.trim() });
			} else ranges.push({ dates: [date], end });
		}
		before = { year: named, month, day, end };
	}
	return ranges;
}

/** From the last of some dates to another one; nothing, where that is no range. */
function datesBetween(dates: readonly string[], to: string, mayTurn: boolean): string[] {
	let from = dates.at(-1) ?? to;
	// `12月30日至1月1日`, without years, begins in the year before.
	if (mayTurn && from > to)
		from = dateOf(Number(from.slice(0, 4)) - 1, Number(from.slice(5, 7)), Number(from.slice(8)));
	const days = daysBetween(from, to);
	if (days < 0 || days > RANGE_MAX) return [];
	return [...dates.slice(0, -1), ...Array.from({ length: days + 1 }, (_, index) => addDays(from, index))];
}

function checkWeekday(date: string, beside: string, notice: Notice): void {
	const said = WEEKDAY.exec(beside)?.[1]?.replace('天', '日');
	if (said !== undefined && WEEKDAYS.indexOf(said) + 1 !== weekdayOf(date)) {
		notice.doubts.push({ kind: 'weekday', date, said: `周${said}` });
	}
}

const dateOf = (year: number, month: number, day: number) =>
	[String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
