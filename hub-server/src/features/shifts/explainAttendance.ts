import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { ExplainBody } from '@counter-hub/shared/shifts/shifts.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { getStaff } from '../people/getStaff.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { ATTENDANCE_DAY, attendanceDayKey, explainedDays, subjectOfShifts } from './shiftProjections.ts';

/**
 * Puts on record what somebody says about a day of the own, or of whom one answers for (S7.1a). Nothing is changed by it.
 * @throws AppError `notFound`, `notAllowed`, `commandReused`
 */
export async function explainAttendance(
	hub: HubContext,
	principal: Principal,
	{ commandId, staffId, date, text }: ExplainBody,
): Promise<void> {
	const person = await getStaff(hub, staffId);
	const [cityCode] = person.cities;
	// Whoever serves at a counter belongs to its city.
	if (cityCode === undefined) throw new AppError('notAllowed');
	assertMay(may.explainAttendance(principal.actor, { staffId, cityCode }));
	const key = attendanceDayKey(staffId, date);
	const { events } = await timeline(hub).append({
		subject: subjectOfShifts(staffId),
		commandId,
		content: { explain: date, text, by: principal.actor.staffId },
		reads: [[explainedDays, key]],
		decide: (view) => [
			{
				type: 'attendance.explained',
				data: { date, text },
				actor: staffActor(principal, [cityCode]),
				machine: `${ATTENDANCE_DAY}:${key}`,
				version: (view.state(explainedDays, key)?.version ?? 0) + 1,
			},
		],
	});
	await timeline(hub).projected(events);
}
