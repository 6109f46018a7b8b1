import type { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type {
	endLeaveBody,
	leaveBody,
	planBody,
	publishBody,
	substituteBody,
} from '@counter-hub/shared/rota/bodies.ts';
import { assertLeave, assertOnLeave, assertSubstitute } from '@counter-hub/shared/rota/leaves.ts';
import { changePlan, movesBetween, refuse, uncoveredSlots } from '@counter-hub/shared/rota/planning.ts';
import type { RotaView } from '@counter-hub/shared/rota/rota.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Principal } from '../auth/Principal.ts';
import type { RotaPlace } from './rotaPlace.ts';
import { runRotaCommand, type RotaBefore } from './runRotaCommand.ts';

type Command<B extends z.ZodType> = (
	hub: HubContext,
	principal: Principal,
	place: RotaPlace,
	body: z.output<B>,
) => Promise<RotaView>;

/**
 * A step of planning. A week that is published stays complete with each step.
 * @throws AppError `unknownWindow`, `notOfCounter`, `slotNotServed`, `slotOnLeave`, `sameBothPosts`, `busyElsewhere`,
 * `rotaUncovered`, and what `runRotaCommand` throws
 */
export const planRota: Command<typeof planBody> = (hub, principal, place, body) =>
	runRotaCommand(hub, principal, place, body, (before) => {
		const { copiedFrom = null, slots, servedDays, servedWindows } = body;
		assertWindows(before, [...slots.map(({ windowId }) => windowId), ...(servedWindows ?? [])]);
		refuse(
			'notOfCounter',
			slots.filter(({ staffId }) => staffId !== null && !before.isMember(staffId)),
		);
		const { plan } = before;
		const inOrder = before.counter.windows.flatMap(({ id }) => (servedWindows?.includes(id) ? [id] : []));
		const after = changePlan(plan, { servedDays, servedWindows: servedWindows && inOrder, slots });
		if (before.isPublished) refuse('rotaUncovered', uncoveredSlots(after));
		const moves = movesBetween(plan, after);
		const isSame = ({ servedDays: days, servedWindows: windows } = plan) =>
			days.join() === after.servedDays.join() && windows.join() === after.servedWindows.join();
		if (moves.length === 0 && isSame()) return null;
		return {
			type: 'rota.planned',
			data: {
				servedDays: [...after.servedDays],
				servedWindows: [...after.servedWindows],
				slots: moves.map(({ from: _from, to, ...one }) => ({ ...one, staffId: to })),
				copiedFrom,
			},
		};
	});

/**
 * Puts a complete week in force; one that is published already stays as it is.
 * @throws AppError `rotaUncovered` with each slot that has nobody, `notOfCounter` where somebody has left meanwhile
 */
export const publishRota: Command<typeof publishBody> = (hub, principal, place, body) =>
	runRotaCommand(hub, principal, place, body, ({ plan, isPublished, isMember }) => {
		if (isPublished) return null;
		refuse('rotaUncovered', uncoveredSlots(plan));
		refuse(
			'notOfCounter',
			plan.assigned.filter(({ staffId }) => !isMember(staffId)),
		);
		return { type: 'rota.published', data: {} };
	});

/**
 * Leave from slots of one person, with a substitute at each or nobody yet. What was assigned stays to be seen.
 * @throws AppError `rotaNotPublished`, `notInSlot`, `slotOnLeave`, `notOfCounter`, `busyElsewhere`
 */
export const giveLeave: Command<typeof leaveBody> = (hub, principal, place, body) =>
	runRotaCommand(hub, principal, place, body, (before) => {
		const { staffId, reason, slots } = body;
		assertPublished(before);
		assertLeave(before.plan, { staffId, reason, slots });
		refuse(
			'notOfCounter',
			slots.filter(({ substituteId }) => substituteId !== null && !before.isMember(substituteId)),
		);
		return { type: 'rota.leaveGiven', data: { staffId, reason, slots } };
	});

/** @throws AppError `rotaNotPublished`, `slotNotOnLeave`, `notOfCounter`, `busyElsewhere` */
export const substitute: Command<typeof substituteBody> = (hub, principal, place, body) =>
	runRotaCommand(hub, principal, place, body, (before) => {
		const { slot, substituteId } = body;
		assertPublished(before);
		assertSubstitute(before.plan, slot, substituteId);
		if (substituteId !== null && !before.isMember(substituteId)) refuse('notOfCounter', [slot]);
		return { type: 'rota.substituted', data: { ...slot, substituteId } };
	});

/** @throws AppError `rotaNotPublished`, `slotNotOnLeave` */
export const endLeave: Command<typeof endLeaveBody> = (hub, principal, place, body) =>
	runRotaCommand(hub, principal, place, body, (before) => {
		assertPublished(before);
		assertOnLeave(before.plan, body.slots);
		return { type: 'rota.leaveEnded', data: { slots: body.slots } };
	});

function assertPublished({ isPublished }: RotaBefore): void {
	if (!isPublished) throw new AppError('rotaNotPublished');
}

function assertWindows({ counter }: RotaBefore, windowIds: readonly string[]): void {
	const known = new Set(counter.windows.map(({ id }) => id));
	if (windowIds.some((id) => !known.has(id))) throw new AppError('unknownWindow');
}
