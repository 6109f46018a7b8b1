import { isDeepStrictEqual } from 'node:util';
import {
	CALENDAR_LIMITS,
	type CalendarYear,
	type ImportYearBody,
} from '@counter-hub/shared/calendar/calendar.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { administratorOf } from '../people/registerActs.ts';
import { timeline } from '../timeline/timeline.ts';
import { calendarProjection, CALENDAR_SUBJECT } from './calendarProjection.ts';

/**
 * An administrator brings in the next year, or corrects one that is known. Bringing in what is there already changes
 * nothing.
 * @throws AppError `notAllowed`, `staleVersion` where the calendar has changed meanwhile, `yearNotNext`, `commandReused`
 */
export async function importYear(
	hub: HubContext,
	principal: Principal,
	{ commandId, version, year, source, ...lists }: ImportYearBody,
): Promise<void> {
	assertMay(may.importYear(principal.actor));
	const data: CalendarYear = {
		year,
		daysOff: lists.daysOff.toSorted(),
		workedWeekends: lists.workedWeekends.toSorted(),
		source,
	};
	await timeline(hub).append({
		subject: CALENDAR_SUBJECT,
		commandId,
		content: { ...data, by: principal.actor.staffId },
		reads: [calendarProjection],
		decide: (view) => {
			if (view.seq !== version) throw new AppError('staleVersion');
			const years = view.state(calendarProjection)?.years ?? [];
			const next = (years.at(-1)?.year ?? CALENDAR_LIMITS.firstYear - 1) + 1;
			if (year > next) throw new AppError('yearNotNext', { params: { next } });
			const { at, staffId, ...before } = years.find((one) => one.year === year) ?? {};
			if (isDeepStrictEqual(before, data)) return [];
			return [{ type: 'calendar.yearSet', data, actor: administratorOf(principal) }];
		},
	});
}
