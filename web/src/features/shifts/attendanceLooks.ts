import Ban from '@lucide/svelte/icons/ban';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleX from '@lucide/svelte/icons/circle-x';
import Clock from '@lucide/svelte/icons/clock';
import type { AttendanceRow, AttendanceState, AttendedHalf } from '@counter-hub/shared/shifts/attendance.ts';
import { m } from '#paraglide/messages.js';
import { attendanceWord } from './shiftWords.ts';

const LOOKS = {
	ahead: { icon: CircleDashed, tone: 'muted' },
	present: { icon: CircleCheck, tone: 'ok' },
	late: { icon: Clock, tone: 'warn' },
	early: { icon: Clock, tone: 'warn' },
	lateAndEarly: { icon: Clock, tone: 'warn' },
	missing: { icon: CircleX, tone: 'bad' },
	absent: { icon: CircleX, tone: 'bad' },
	notServed: { icon: Ban, tone: 'muted' },
} as const satisfies Record<AttendanceState, object>;

/** Icon, colour and words of half a day: `迟到 12 分钟`. */
export function lookOfHalf({ state, lateMinutes, earlyMinutes }: AttendedHalf) {
	const minutes = { late: lateMinutes, early: earlyMinutes, missing: lateMinutes };
	const n = state in minutes ? minutes[state as keyof typeof minutes] : null;
	const word = attendanceWord(state);
	const figures =
		state === 'lateAndEarly'
			? m.shifts_attend_both({ late: lateMinutes, early: earlyMinutes })
			: n === null
				? word
				: m.shifts_attend_minutes({ word, n });
	return { ...LOOKS[state], word: figures };
}

const FINE: readonly AttendanceState[] = ['ahead', 'present', 'notServed'];
/** Something about the day asks for an explanation. */
export const isOdd = ({ halves, shifts }: AttendanceRow): boolean =>
	halves.some(({ state }) => !FINE.includes(state)) || shifts.some(({ lapsed }) => lapsed);
