import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { weekStanding } from '@counter-hub/shared/rota/openWeeks.ts';
import { uncoveredSlots } from '@counter-hub/shared/rota/planning.ts';
import type { RotaState, RotaView, RotaWeek } from '@counter-hub/shared/rota/rota.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import type { HubContext } from '../../HubContext.ts';
import { staffNames } from '../people/StaffNames.ts';
import { membersOf } from './members.ts';
import { newWeek } from './newWeek.ts';
import type { Rota } from './rotaProjection.ts';
import { readRota, readRotas } from './rotaPlace.ts';

/**
 * The rota of a week as a person may see it: those who do not plan see it once it is published, and no reason of a
 * leave.
 */
export async function presentRota(
	hub: HubContext,
	actor: Actor,
	counter: CounterView,
	monday: string,
): Promise<RotaView> {
	const found = await readRota(hub, { counterId: counter.id, monday });
	const isPlanner = may.planRota(actor, counter.cityCode);
	const rota = isPlanner || found?.published ? found : undefined;
	const plan = rota ? { ...rota, unknownDays: [] } : await newWeek(hub, counter, monday);
	return {
		counterId: counter.id,
		cityCode: counter.cityCode,
		monday,
		version: found?.version ?? 0,
		state: standingOf(found),
		readOnly: weekStanding(monday, hub.now()) !== 'open',
		servedDays: [...plan.servedDays],
		unknownDays: [...plan.unknownDays],
		servedWindows: [...plan.servedWindows],
		assigned: [...plan.assigned],
		leaves: plan.leaves.map((leave) => ({ ...leave, reason: isPlanner ? leave.reason : null })),
		published: rota?.published ? { ...rota.published, assigned: [...rota.published.assigned] } : null,
		changes: [...(rota?.changes ?? [])],
		last: rota?.last ?? null,
		windows: counter.windows.map(({ id, number, open }) => ({ id, number, open })),
		people: await peopleOf(hub, counter.id, rota),
	};
}

/** How the weeks from a Monday on stand, in short. */
export async function listWeeks(
	hub: HubContext,
	counter: CounterView,
	from: string,
	weeks: number,
): Promise<RotaWeek[]> {
	const places = Array.from({ length: weeks }, (_, week) => ({
		counterId: counter.id,
		monday: addDays(from, 7 * week),
	}));
	const rotas = await readRotas(hub, places);
	return Promise.all(
		places.map(async ({ monday }, week) => {
			const rota = rotas[week];
			return {
				monday,
				state: standingOf(rota),
				uncovered: uncoveredSlots(rota ?? (await newWeek(hub, counter, monday))).length,
				vacant: rota?.leaves.filter(({ substituteId }) => substituteId === null).length ?? 0,
			};
		}),
	);
}

function standingOf(rota: Rota | undefined): RotaState {
	if (!rota) return 'none';
	return rota.published ? 'published' : 'draft';
}

/** Everybody of the counter, then whoever else the rota names: people who have left, and those who planned. */
async function peopleOf(
	hub: HubContext,
	counterId: string,
	rota: Rota | undefined,
): Promise<RotaView['people']> {
	const members = await membersOf(hub, counterId);
	const known = new Set(members.map(({ _id }) => _id));
	const others = [...new Set(rota ? namedIn(rota) : [])].filter((id) => !known.has(id));
	const names = await staffNames(hub).of(others);
	return [
		...members.map(({ _id: staffId, displayName, role }) => ({
			staffId,
			displayName,
			role: role === 'clerk' || role === 'approver' ? role : null,
			active: true,
		})),
		...others.map((staffId) => ({
			staffId,
			displayName: names.get(staffId) ?? '',
			role: null,
			active: false,
		})),
	];
}

function namedIn({ assigned, leaves, published, changes, last }: Rota): string[] {
	const ids = [
		...[...assigned, ...(published?.assigned ?? [])].map(({ staffId }) => staffId),
		...leaves.flatMap(({ staffId, substituteId }) => [staffId, substituteId]),
		...changes.flatMap(({ by, slots }) => [by, ...slots.flatMap(({ from, to }) => [from, to])]),
		published?.by ?? null,
		last.by,
	];
	return ids.filter((id) => id !== null);
}
