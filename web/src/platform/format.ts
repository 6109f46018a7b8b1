import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { getLocale } from '#paraglide/runtime.js';

/** Everything is shown in Asia/Shanghai, 24 h, whatever the PC is set to. `now` is hub time in milliseconds. */
const ZONE = 'Asia/Shanghai';
const day = { timeZone: ZONE, year: 'numeric', day: 'numeric', weekday: 'short' } as const;
const chineseDay = new Intl.DateTimeFormat('zh-CN', { ...day, month: 'numeric' });
const englishDay = new Intl.DateTimeFormat('en-US', { ...day, month: 'short' });

const clockFormat = new Intl.DateTimeFormat('en-GB', {
	timeZone: ZONE,
	hour: '2-digit',
	minute: '2-digit',
	second: '2-digit',
	hourCycle: 'h23',
});

/** `09:42:07` */
export const clockTime = (at: number | string): string => clockFormat.format(ms(at));
/** `09:42` */
export const hourMinute = (at: number | string): string => clockTime(at).slice(0, 5);

/** `09:42` today, `11-20` this year, `2025-11-20` before. */
export function whenShort(at: string, now: number): string {
	const day = shanghaiDate(ms(at));
	const today = shanghaiDate(now);
	if (day === today) return hourMinute(at);
	return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;
}

/** `11-20 09:42`, with the year where it is not this one. */
export function whenFull(at: string, now: number): string {
	const day = shanghaiDate(ms(at));
	const short = day.slice(0, 4) === shanghaiDate(now).slice(0, 4) ? day.slice(5) : day;
	return `${short} ${hourMinute(at)}`;
}

/** Heading of a day: `今天`-less, `11 月 23 日 周一` or `Mon 23 Nov`. */
export function dayHeading(at: number | string, now: number): string {
	const { year, month, day, weekday } = parts(ms(at));
	const other = year === parts(now).year ? '' : year;
	if (getLocale() === 'en') return `${weekday} ${day} ${month}${other && ` ${other}`}`;
	return `${other && `${other} 年 `}${month} 月 ${day} 日 ${weekday}`;
}

/** The bar's clock: `11-23 周一 09:42` or `Mon 23 Nov 09:42`. */
export function barClock(now: number): string {
	const { month, day, weekday } = parts(now);
	const date =
		getLocale() === 'en' ? `${weekday} ${day} ${month}` : `${shanghaiDate(now).slice(5)} ${weekday}`;
	return `${date} ${hourMinute(now)}`;
}

/** A length of time: `06:12`, `1:02:45`. */
export function duration(milliseconds: number): string {
	const seconds = Math.max(0, Math.floor(milliseconds / 1000));
	const two = (n: number) => String(n).padStart(2, '0');
	const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
	return seconds < 3600 ? tail : `${Math.floor(seconds / 3600)}:${tail}`;
}

export { cityName } from './cities.ts';

const ms = (at: number | string): number => (typeof at === 'number' ? at : Date.parse(at));

/** The parts of a day in the words of the page's language. */
function parts(at: number) {
	const found = (getLocale() === 'en' ? englishDay : chineseDay).formatToParts(at);
	const part = (type: Intl.DateTimeFormatPartTypes) => found.find((one) => one.type === type)?.value ?? '';
	return { year: part('year'), month: part('month'), day: part('day'), weekday: part('weekday') };
}
