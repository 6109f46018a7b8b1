import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { OpenShiftBody } from '@counter-hub/shared/shifts/shifts.ts';
import { isPassed } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { fitForShift } from '../fitness/fitForShift.ts';
import { staffActor } from '../people/staffActor.ts';
import { dutyAt } from '../rota/dutyAt.ts';
import { timeline } from '../timeline/timeline.ts';
import { checkResultOf } from './checkResultOf.ts';
import { currentShifts, SHIFT, subjectOfShifts } from './shiftProjections.ts';

/**
 * Opens the shift of whoever asks, at a window of the own counter, on the result of the window's check or with a named
 * reason (L6). The command's id is the shift's. One person has one shift at a time, whichever hub was asked.
 * @throws AppError `unknownWindow`, `notAllowed`, `notFit`, `openingReasonMissing`, `shiftOpen`, `commandReused`
 */
export async function openShift(
	hub: HubContext,
	principal: Principal,
	{ commandId, windowId, reason }: OpenShiftBody,
): Promise<void> {
	const { actor } = principal;
	const counter = await counterOf(hub, actor.counterId, windowId);
	assertMay(may.openShift(actor, counter.id));
	const { id: counterId, cityCode } = counter;
	const { staffId } = actor;
	const now = hub.now();
	const date = shanghaiDate(now);
	const [{ fit }, duty, check] = await Promise.all([
		fitForShift(hub, staffId, date),
		dutyAt(hub, counterId, now),
		checkResultOf(hub, { windowId, cityCode, date }),
	]);
	if (!fit) throw new AppError('notFit');
	const passed = isPassed(check);
	if (!passed && reason === null) throw new AppError('openingReasonMissing');
	const post = duty.a.includes(staffId) ? 'a' : duty.b.includes(staffId) ? 'b' : null;
	const { events } = await timeline(hub).append({
		subject: subjectOfShifts(staffId),
		commandId,
		content: { opens: windowId, reason },
		reads: [currentShifts],
		decide: (view) => {
			if (typeof view.state(currentShifts)?.currentId === 'string') throw new AppError('shiftOpen');
			return [
				{
					type: 'shift.opened',
					data: { counterId, cityCode, windowId, date, post, check, reason: passed ? null : reason },
					actor: staffActor({ actor, windowId }, [cityCode]),
					machine: `${SHIFT}:${commandId}`,
					version: 1,
				},
			];
		},
	});
	// It is rung from now on, and lists show it.
	await timeline(hub).projected(events);
}

export async function counterOf(hub: HubContext, counterId: string | null, windowId: string) {
	const counter = counterId === null ? undefined : await places(hub).counter(counterId);
	if (!counter?.windows.some(({ id }) => id === windowId)) throw new AppError('unknownWindow');
	return counter;
}
