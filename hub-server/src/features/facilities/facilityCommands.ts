import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type {
	RecordSiteBody,
	RecordWindowBody,
	Site,
	WindowFacilities,
} from '@counter-hub/shared/facilities/facilities.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { administratorOf } from '../people/registerActs.ts';
import { timeline } from '../timeline/timeline.ts';
import { facilitiesProjection } from './facilitiesProjection.ts';

/**
 * Records where a counter stands and whether it shows the sign (S5.1). What is recorded already changes nothing.
 * @throws AppError `unknownCounter`, `notAllowed`, `staleVersion`, `commandReused`
 */
export async function recordSite(
	hub: HubContext,
	principal: Principal,
	counterId: string,
	{ commandId, version, ...site }: RecordSiteBody,
): Promise<void> {
	await requireCounter(hub, principal, counterId);
	const record: Site = site;
	await timeline(hub).append({
		subject: `counter:${counterId}`,
		commandId,
		content: { site, by: principal.actor.staffId },
		reads: [facilitiesProjection],
		decide: (view) => {
			const before = view.state(facilitiesProjection)?.site;
			if ((before?.version ?? 0) !== version) throw new AppError('staleVersion');
			if (isDeepStrictEqual(before?.record, record)) return [];
			return [{ type: 'facilities.siteRecorded', data: record, actor: administratorOf(principal) }];
		},
	});
}

/**
 * Records working space and devices of a window (S5.1, S5.2a). What is recorded already changes nothing.
 * @throws AppError `unknownCounter`, `unknownWindow`, `notAllowed`, `staleVersion`, `commandReused`
 */
export async function recordWindow(
	hub: HubContext,
	principal: Principal,
	{ counterId, windowId }: { counterId: string; windowId: string },
	{ commandId, version, ...facilities }: RecordWindowBody,
): Promise<void> {
	const { windows } = await requireCounter(hub, principal, counterId);
	if (!windows.some(({ id }) => id === windowId)) throw new AppError('unknownWindow');
	const record: WindowFacilities = facilities;
	await timeline(hub).append({
		subject: `counter:${counterId}`,
		commandId,
		content: { windowId, facilities, by: principal.actor.staffId },
		reads: [facilitiesProjection],
		decide: (view) => {
			const before = view.state(facilitiesProjection)?.windows[windowId];
			if ((before?.version ?? 0) !== version) throw new AppError('staleVersion');
			if (isDeepStrictEqual(before?.record, record)) return [];
			const data = { ...record, windowId };
			return [{ type: 'facilities.windowRecorded', data, actor: administratorOf(principal) }];
		},
	});
}

async function requireCounter(hub: HubContext, { actor }: Principal, counterId: string) {
	const counter = await places(hub).requireCounter(counterId);
	assertMay(may.recordFacilities(actor, counter.cityCode));
	return counter;
}
