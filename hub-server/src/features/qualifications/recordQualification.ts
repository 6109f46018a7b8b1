import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { PROOF_KINDS, QUALIFICATION_LIMITS } from '@counter-hub/shared/qualifications/qualificationLimits.ts';
import type {
	QualificationContent,
	RecordQualificationBody,
} from '@counter-hub/shared/qualifications/qualifications.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { blobs } from '../blobs/blobs.ts';
import { getStaff } from '../people/getStaff.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { qualificationsProjection, type QualificationRecord } from './qualificationsProjection.ts';

/**
 * An administrator records that a person has passed a training or an exam (S4.3). The same command again changes nothing.
 * @throws AppError `notFound`, `notAllowed`, `qualificationNotYet`, `unknownBlob` for bytes that the administrator did
 * not upload lately, `wrongProofKind`, `proofTooLarge`, `sameQualification`, `tooManyQualifications`, `commandReused`
 */
export async function recordQualification(
	hub: HubContext,
	principal: Principal,
	staffId: string,
	{ commandId, proof: sha256, ...told }: RecordQualificationBody,
): Promise<void> {
	const { actor } = principal;
	const person = await getStaff(hub, staffId);
	assertMay(may.recordQualification(actor, { staffId, cities: person.cities }));
	if (told.passedOn > shanghaiDate(hub.now())) {
		const fields = [{ path: 'passedOn', code: 'custom', message: 'lies in the future' }];
		throw new AppError('qualificationNotYet', { fields });
	}
	const proof = sha256 === null ? null : await broughtProof(hub, actor.staffId, sha256);
	const by = staffActor(principal, person.cities);
	await timeline(hub).append({
		subject: `staff:${staffId}`,
		commandId,
		content: { qualification: told, proof: sha256, by: actor.staffId },
		reads: [qualificationsProjection],
		decide: (view) => {
			const { records = [] } = view.state(qualificationsProjection) ?? {};
			if (records.length >= QUALIFICATION_LIMITS.perPerson)
				throw new AppError('tooManyQualifications', { params: { most: QUALIFICATION_LIMITS.perPerson } });
			if (records.some((one) => isSame(one, told))) throw new AppError('sameQualification');
			return [
				{ type: 'qualification.recorded', data: { qualificationId: commandId, ...told, proof }, actor: by },
			];
		},
	});
}

/** Two administrators may have the same list of results before them. */
const isSame = (
	one: QualificationRecord,
	{ kind, title, passedOn }: Pick<QualificationContent, 'kind' | 'title' | 'passedOn'>,
): boolean => one.struck === null && one.kind === kind && one.title === title && one.passedOn === passedOn;

/** Whoever only knows the name of somebody's bytes must not come by them. */
async function broughtProof(
	hub: HubContext,
	staffId: string,
	sha256: string,
): Promise<QualificationContent['proof']> {
	const { store } = blobs(hub);
	const [info, isOwn] = await Promise.all([store.info(sha256), store.isBroughtBy(staffId, sha256)]);
	if (!info || !isOwn) throw new AppError('unknownBlob');
	const { kind, size, scan } = info;
	if (!PROOF_KINDS.some((one) => one === kind)) throw new AppError('wrongProofKind');
	const { proofBytes } = QUALIFICATION_LIMITS;
	if (size > proofBytes)
		throw new AppError('proofTooLarge', { params: { mostMb: proofBytes / 1024 / 1024 } });
	return { sha256, size, kind, scan };
}
