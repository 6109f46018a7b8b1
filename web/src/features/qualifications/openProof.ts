import type { Qualification } from '@counter-hub/shared/qualifications/qualifications.ts';
import { referrerOfProof } from '@counter-hub/shared/qualifications/referrerOfProof.ts';
import type { App } from '#platform/App.svelte.ts';
import { grantBlob } from '#platform/blobs/readBlob.ts';

/** Shows a proof in a tab of its own; call on a click. Each opening is put on record. @throws ApiProblem */
export async function openProof(
	{ api }: App,
	staffId: string,
	{ qualificationId, proof }: Qualification,
): Promise<void> {
	if (!proof) return;
	// At once: a tab that opens later than the click is blocked.
	const tab = window.open('', '_blank');
	try {
		const { url } = await grantBlob(api, proof.sha256, referrerOfProof(staffId, qualificationId));
		if (!tab) return;
		tab.opener = null;
		tab.location.replace(url);
	} catch (error) {
		tab?.close();
		throw error;
	}
}
