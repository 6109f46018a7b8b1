import { may } from '@counter-hub/shared/people/permissions.ts';
import type {
	Qualification,
	QualificationsOfStaff,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { getStaff } from '../people/getStaff.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import { requiredOf } from './qualificationRules.ts';
import { qualificationsProjection, type QualificationRecord } from './qualificationsProjection.ts';

/**
 * The training and exams of a person with everything acknowledged so far, for himself and those who look after him.
 * @throws AppError `notFound`, `notAllowed`
 */
export async function readQualifications(
	hub: HubContext,
	{ actor }: Principal,
	staffId: string,
): Promise<QualificationsOfStaff> {
	const person = await getStaff(hub, staffId);
	assertMay(may.readQualifications(actor, { staffId, cities: person.cities }));
	const [records, required] = await Promise.all([recordsOf(hub, staffId), requiredOf(hub, person)]);
	return { staffId, records: await withNames(hub, records), required: [...required] };
}

/** What stands on a person's timeline, in the order in which it was recorded. */
export async function recordsOf(hub: HubContext, staffId: string): Promise<readonly QualificationRecord[]> {
	return (await timeline(hub).state(qualificationsProjection, staffId))?.records ?? [];
}

async function withNames(hub: HubContext, records: readonly QualificationRecord[]): Promise<Qualification[]> {
	const ids = records.flatMap(({ recordedBy, struck }) => [recordedBy, struck?.by ?? null]);
	const names = await staffNames(hub).of(ids.filter((id) => id !== null));
	const who = (staffId: string | null) =>
		staffId === null ? null : { staffId, name: names.get(staffId) ?? null };
	return records
		.map(({ recordedAt, recordedBy, struck, ...content }) => ({
			...content,
			recordedAt: recordedAt.toISOString(),
			recordedBy: who(recordedBy),
			struck: struck && { reason: struck.reason, at: struck.at.toISOString(), by: who(struck.by) },
		}))
		.sort((a, b) => b.passedOn.localeCompare(a.passedOn) || b.recordedAt.localeCompare(a.recordedAt));
}
