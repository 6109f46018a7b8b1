import { idsOfReferrer } from '@counter-hub/shared/files/files.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { noteOpening } from '../audit/noteOpening.ts';
import { blobs } from '../blobs/blobs.ts';
import { getCase } from '../cases/getCase.ts';
import { timeline } from '../timeline/timeline.ts';
import { filesProjection } from './filesProjection.ts';

/** Gives the bytes of files to those who read their case, and puts each opening on record (X3). */
export function ownFiles(hub: HubContext): void {
	blobs(hub).own('file', {
		async mayRead({ actor }, id, sha256) {
			const ids = idsOfReferrer(id);
			if (!ids) return false;
			const { state } = await timeline(hub).projections.read(filesProjection, ids.caseId);
			const file = state?.files.find((one) => one.fileId === ids.fileId && one.sha256 === sha256);
			return file !== undefined && may.openFile(actor, await getCase(hub, ids.caseId), file);
		},
		async onGrant(principal, id) {
			const ids = idsOfReferrer(id);
			if (ids) await noteOpening(hub, principal, ids.caseId, `file:${ids.fileId}`);
		},
	});
}
