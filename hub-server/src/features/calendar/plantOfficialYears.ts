import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { HubContext } from '../../HubContext.ts';
import { timeline } from '../timeline/timeline.ts';
import { calendarOf, calendarProjection, CALENDAR_SUBJECT } from './calendarProjection.ts';
import { OFFICIAL_EDITION, officialYears } from './officialYears.ts';

const BY_HUB: EventActor = { kind: 'system', by: 'hub' };

/**
 * Puts the official years on the calendar's timeline that it does not have yet. What is there stays: an administrator
 * may know better. Harmless to repeat, and from several hubs at once.
 */
export async function plantOfficialYears(hub: HubContext): Promise<void> {
	const { years: known } = await calendarOf(hub);
	const missing = officialYears().filter(({ year }) => !known.some((one) => one.year === year));
	await Promise.all(
		missing.map((data) =>
			timeline(hub).append({
				subject: CALENDAR_SUBJECT,
				commandId: `${OFFICIAL_EDITION}-${data.year}`,
				reads: [calendarProjection],
				decide: (view) => {
					const isThere = view.state(calendarProjection)?.years.some(({ year }) => year === data.year);
					return isThere ? [] : [{ type: 'calendar.yearSet', data, actor: BY_HUB }];
				},
			}),
		),
	);
}
