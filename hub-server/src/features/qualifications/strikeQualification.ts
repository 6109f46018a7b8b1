import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { StrikeQualificationBody } from '@counter-hub/shared/qualifications/qualifications.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { getStaff } from '../people/getStaff.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { qualificationsProjection } from './qualificationsProjection.ts';

/**
 * Strikes out a record that was wrong: it counts no more and stays on record. Nothing is deleted.
 * @throws AppError `notFound`, `notAllowed`, `unknownQualification`, `qualificationStruck`, `commandReused`
 */
export async function strikeQualification(
	hub: HubContext,
	principal: Principal,
	{ staffId, qualificationId }: { staffId: string; qualificationId: string },
	{ commandId, reason }: StrikeQualificationBody,
): Promise<void> {
	const { cities } = await getStaff(hub, staffId);
	assertMay(may.recordQualification(principal.actor, { staffId, cities }));
	const actor = staffActor(principal, cities);
	await timeline(hub).append({
		subject: `staff:${staffId}`,
		commandId,
		content: { strike: qualificationId, reason, by: principal.actor.staffId },
		reads: [qualificationsProjection],
		decide: (view) => {
			const { records = [] } = view.state(qualificationsProjection) ?? {};
			const found = records.find((one) => one.qualificationId === qualificationId);
			if (!found) throw new AppError('unknownQualification');
			if (found.struck) throw new AppError('qualificationStruck');
			return [{ type: 'qualification.struck', data: { qualificationId, reason }, actor }];
		},
	});
}
