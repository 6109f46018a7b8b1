import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { HOURS_LIMITS, type SetExceptionBody, type SetWeekBody } from '@counter-hub/shared/hours/hours.ts';
import { inOrder } from '@counter-hub/shared/hours/spans.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { administratorOf } from '../people/registerActs.ts';
import { timeline } from '../timeline/timeline.ts';
import { hoursProjection, type HoursState } from './hoursProjection.ts';

/**
 * Sets the week of a counter. Setting what is set already changes nothing.
 * @throws AppError `unknownCounter`, `notAllowed`, `staleVersion`, `commandReused`
 */
export async function setWeek(
	hub: HubContext,
	principal: Principal,
	counterId: string,
	{ commandId, version, week: asked }: SetWeekBody,
): Promise<void> {
	const week = asked.map(inOrder);
	await change(hub, principal, { counterId, commandId, version, content: { week } }, (state) =>
		isDeepStrictEqual(state?.week, week)
			? []
			: [{ type: 'hours.weekSet', data: { week }, actor: administratorOf(principal) }],
	);
}

/**
 * Sets or lifts the exception of a date.
 * @throws AppError `unknownCounter`, `notAllowed`, `staleVersion`, `tooManyExceptions`, `commandReused`
 */
export async function setException(
	hub: HubContext,
	principal: Principal,
	{ counterId, date }: { counterId: string; date: string },
	{ commandId, version, exception }: SetExceptionBody,
): Promise<void> {
	const actor = administratorOf(principal);
	const data = exception && { date, spans: inOrder(exception.spans), reason: exception.reason };
	await change(
		hub,
		principal,
		{ counterId, commandId, version, content: { date, exception: data } },
		(state) => {
			const exceptions = state?.exceptions ?? [];
			const before = exceptions.find((one) => one.date === date);
			if (!data) return before ? [{ type: 'hours.exceptionLifted', data: { date }, actor }] : [];
			if (isDeepStrictEqual(before, data)) return [];
			if (!before && exceptions.length >= HOURS_LIMITS.exceptions) {
				throw new AppError('tooManyExceptions', { params: { most: HOURS_LIMITS.exceptions } });
			}
			return [{ type: 'hours.exceptionSet', data, actor }];
		},
	);
}

interface Change {
	readonly counterId: string;
	readonly commandId: string;
	readonly version: number;
	readonly content: object;
}

async function change(
	hub: HubContext,
	{ actor }: Principal,
	{ counterId, commandId, version, content }: Change,
	decide: (state: HoursState | undefined) => EventDraft[],
): Promise<void> {
	const { cityCode } = await places(hub).requireCounter(counterId);
	assertMay(may.setHours(actor, cityCode));
	await timeline(hub).append({
		subject: `counter:${counterId}`,
		commandId,
		content: { ...content, by: actor.staffId },
		reads: [hoursProjection],
		decide: (view) => {
			const state = view.state(hoursProjection);
			if ((state?.version ?? 0) !== version) throw new AppError('staleVersion');
			return decide(state);
		},
	});
}
