import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { DecideScanningBody } from '@counter-hub/shared/files/scanning.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { timeline } from '../timeline/timeline.ts';
import { scanDecisions, subjectOfCity } from './scanWaivers.ts';

/**
 * An administrator decides for a city what happens to files while the scanner does not answer. The timeline `city:<code>`
 * is the truth: the next file goes by it, at every hub. Deciding what is decided already changes nothing.
 * @throws AppError `notAllowed`, `commandReused`
 */
export async function decideScanning(
	hub: HubContext,
	principal: Principal,
	city: CityCode,
	{ commandId, waived, reason }: DecideScanningBody,
): Promise<void> {
	assertMay(may.decideScanning(principal.actor, city));
	const { staffId, role, counterId } = principal.actor;
	const actor: EventActor = {
		kind: 'staff',
		staffId,
		role,
		cityCode: city,
		counterId,
		windowId: principal.windowId,
		duty: null,
	};
	await timeline(hub).append({
		subject: subjectOfCity(city),
		commandId,
		content: { waived, reason, by: staffId },
		reads: [scanDecisions],
		decide: (view) => {
			const isWaived = (view.state(scanDecisions)?.waiver ?? null) !== null;
			if (isWaived === waived) return [];
			return [{ type: waived ? 'scan.waived' : 'scan.required', data: { reason }, actor }];
		},
	});
}
