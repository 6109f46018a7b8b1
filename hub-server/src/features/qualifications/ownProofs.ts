import { newId } from '@counter-hub/shared/ids/ids.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { auditOfStaff } from '@counter-hub/shared/qualifications/auditOfStaff.ts';
import { idsOfProof } from '@counter-hub/shared/qualifications/referrerOfProof.ts';
import type { HubContext } from '../../HubContext.ts';
import { blobs } from '../blobs/blobs.ts';
import { getStaff } from '../people/getStaff.ts';
import { staffActor } from '../people/staffActor.ts';
import { timeline } from '../timeline/timeline.ts';
import { recordsOf } from './readQualifications.ts';

/** Gives the bytes of proofs to the person and those who look after him, and puts each opening on record (X3). */
export function ownProofs(hub: HubContext): void {
	blobs(hub).own('proof', {
		async mayRead({ actor }, id, sha256) {
			const ids = idsOfProof(id);
			if (!ids) return false;
			const { staffId, qualificationId } = ids;
			const records = await recordsOf(hub, staffId);
			const record = records.find(
				(one) => one.qualificationId === qualificationId && one.proof?.sha256 === sha256,
			);
			if (!record) return false;
			const { cities } = await getStaff(hub, staffId);
			return may.openProof(actor, { staffId, cities }, record);
		},
		async onGrant(principal, id) {
			const ids = idsOfProof(id);
			if (!ids) return;
			await timeline(hub).append({
				subject: auditOfStaff(ids.staffId),
				commandId: newId(hub.now()),
				decide: () => [
					{
						type: 'audit.opened',
						data: { thing: `proof:${ids.qualificationId}` },
						actor: staffActor(principal, principal.actor.cities),
					},
				],
			});
		},
	});
}
