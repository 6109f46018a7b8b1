import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { rotaEvents } from '@counter-hub/shared/rota/events.ts';
import { weekStanding } from '@counter-hub/shared/rota/openWeeks.ts';
import { ROTA_LIMITS, type Plan, type RotaView } from '@counter-hub/shared/rota/rota.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDataOf } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import { membersOf } from './members.ts';
import { nameSlots } from './nameSlots.ts';
import { newWeek } from './newWeek.ts';
import { presentRota } from './presentRota.ts';
import { requireCounter, subjectOfRota, type RotaPlace } from './rotaPlace.ts';
import { rotaProjection } from './rotaProjection.ts';

type RotaEventType = keyof typeof rotaEvents;
/** What a command has decided; null: nothing is to be done. */
export type RotaDecision = { [K in RotaEventType]: { type: K; data: EventDataOf<K> } }[RotaEventType] | null;

/** What a command of a rota decides on. */
export interface RotaBefore {
	readonly plan: Plan;
	readonly isPublished: boolean;
	readonly counter: CounterView;
	/** Whether somebody may be on the rota now. */
	readonly isMember: (staffId: string) => boolean;
}

/**
 * Decides a planner's command on the week that he has seen, and returns the week after it. The same command again
 * writes nothing, even where it would be refused by now.
 * @throws AppError `notFound`, `notAllowed`, `rotaPast`, `rotaTooFar`, `staleVersion` where somebody else was faster, what
 * `decide` throws, `commandReused`
 */
export async function runRotaCommand(
	hub: HubContext,
	principal: Principal,
	place: RotaPlace,
	{ commandId, ...asked }: { commandId: string; version: number },
	decide: (before: RotaBefore) => RotaDecision,
): Promise<RotaView> {
	const counter = await requireCounter(hub, place.counterId);
	assertMay(may.planRota(principal.actor, counter.cityCode));
	const members = new Set((await membersOf(hub, counter.id)).map(({ _id }) => _id));
	const actor = plannerOf(principal, counter);
	const unplanned = await newWeek(hub, counter, place.monday);
	try {
		await timeline(hub).append({
			subject: subjectOfRota(place),
			commandId,
			content: { ...asked, by: principal.actor.staffId },
			reads: [rotaProjection],
			decide: (view) => {
				assertOpen(place.monday, view.now.getTime());
				if (view.seq !== asked.version) throw new AppError('staleVersion');
				const rota = view.state(rotaProjection);
				const decided = decide({
					plan: rota ?? unplanned,
					isPublished: rota !== undefined && rota.published !== null,
					counter,
					isMember: (id) => members.has(id),
				});
				return decided ? [{ ...decided, actor }] : [];
			},
		});
	} catch (error) {
		throw nameSlots(error, counter);
	}
	return presentRota(hub, principal.actor, counter, place.monday);
}

function assertOpen(monday: string, now: number): void {
	const standing = weekStanding(monday, now);
	if (standing === 'past') throw new AppError('rotaPast');
	if (standing === 'tooFar') throw new AppError('rotaTooFar', { params: { weeks: ROTA_LIMITS.weeksAhead } });
}

function plannerOf({ actor, windowId }: Principal, { cityCode }: CounterView): EventActor {
	const { staffId, role, counterId } = actor;
	return { kind: 'staff', staffId, role, cityCode, counterId, windowId, duty: null };
}
