import type { AttendanceState } from '@counter-hub/shared/shifts/attendance.ts';
import type { ShiftView } from '@counter-hub/shared/shifts/shifts.ts';
import type {
	CheckResult,
	HandoverState,
	PauseReason,
	Thing,
} from '@counter-hub/shared/shifts/shiftTerms.ts';
import { itemName } from '#features/checks/words.ts';
import { cityName } from '#platform/cities.ts';
import { hourMinute } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';

const PAUSES: Record<PauseReason, () => string> = {
	meal: m.shifts_pause_meal,
	meeting: m.shifts_pause_meeting,
	training: m.shifts_pause_training,
	errand: m.shifts_pause_errand,
	other: m.shifts_pause_other,
};
export const pauseName = (reason: PauseReason): string => PAUSES[reason]();

const THINGS: Record<Thing['kind'], () => string> = {
	session: m.shifts_thing_session,
	case: m.shifts_thing_case,
	seal: m.shifts_thing_seal,
	document: m.shifts_thing_document,
};
export const thingKind = ({ kind }: Thing): string => THINGS[kind]();

const HANDOVERS: Record<HandoverState, () => string> = {
	offered: m.shifts_handover_offered,
	done: m.shifts_handover_done,
	declined: m.shifts_handover_declined,
	withdrawn: m.shifts_handover_withdrawn,
	lapsed: m.shifts_handover_lapsed,
};
export const handoverWord = (state: HandoverState): string => HANDOVERS[state]();

const ATTENDANCE: Record<AttendanceState, () => string> = {
	ahead: m.shifts_attend_ahead,
	present: m.shifts_attend_present,
	late: m.shifts_attend_late,
	early: m.shifts_attend_early,
	lateAndEarly: m.shifts_attend_lateAndEarly,
	missing: m.shifts_attend_missing,
	absent: m.shifts_attend_absent,
	notServed: m.shifts_attend_notServed,
};
export const attendanceWord = (state: AttendanceState): string => ATTENDANCE[state]();

/** What keeps a shift from opening without a reason, in one line; empty where nothing does. */
export function faultLine({ checked, faults, lines }: CheckResult): string {
	const parts = [
		...(checked ? [] : [m.shifts_check_open()]),
		...faults.map((item) => m.shifts_check_fault({ item: itemName(item) })),
		...(lines.length > 0
			? [m.shifts_check_lines({ cities: lines.map((city) => cityName(city)).join(m.common_listComma()) })]
			: []),
	];
	return parts.join(m.shifts_semicolon());
}

/** `08:41 – 17:03`, `08:41 起` while it is open. */
export const shiftSpan = ({ openedAt, closedAt }: Pick<ShiftView, 'openedAt' | 'closedAt'>): string =>
	closedAt === null
		? m.shifts_since({ at: hourMinute(openedAt) })
		: `${hourMinute(openedAt)} – ${hourMinute(closedAt)}`;

/** The pause that goes on. */
export const pauseNow = ({ pauses }: ShiftView) => pauses.find(({ to }) => to === null) ?? null;
