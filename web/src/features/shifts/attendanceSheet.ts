import type { AttendanceRow } from '@counter-hub/shared/shifts/attendance.ts';
import { halfName, postName } from '#features/rota/rotaWords.ts';
import { cityName } from '#platform/cities.ts';
import { m } from '#paraglide/messages.js';
import { attendanceWord, shiftSpan } from './shiftWords.ts';

type Line = (string | number | null)[];

/** Attendance as a sheet: a line for each half-day, or for the day of whoever was not on the rota. */
export function attendanceSheet(rows: readonly AttendanceRow[]): Line[] {
	const head = [
		m.shifts_col_date(),
		m.shifts_col_person(),
		m.shifts_col_place(),
		m.shifts_col_half(),
		m.shifts_col_post(),
		m.shifts_col_state(),
		m.shifts_col_late(),
		m.shifts_col_early(),
		m.shifts_col_served(),
		m.shifts_col_shifts(),
		m.shifts_col_said(),
	];
	return [
		head,
		...rows.flatMap((row): Line[] => {
			const who = [row.date, row.displayName, cityName(row.cityCode)];
			const shifts = row.shifts.map(shiftSpan).join(m.common_listComma());
			const said = row.explanations.map(({ by, text }) => `${by}: ${text}`).join(m.shifts_semicolon());
			if (row.halves.length === 0)
				return [[...who, null, null, m.shifts_notPlanned(), null, null, null, shifts, said]];
			return row.halves.map((one) => [
				...who,
				halfName(one.half),
				postName(one.post),
				attendanceWord(one.state),
				one.lateMinutes,
				one.earlyMinutes,
				one.servedMinutes,
				shifts,
				said,
			]);
		}),
	];
}
