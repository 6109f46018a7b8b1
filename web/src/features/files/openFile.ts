import { referrerOfFile, type SharedFile } from '@counter-hub/shared/files/files.ts';
import type { App } from '#platform/App.svelte.ts';
import { grantBlob } from '#platform/blobs/readBlob.ts';

type Bytes = Pick<SharedFile, 'fileId' | 'sha256' | 'name'>;

/** Shows a file in a tab of its own; call on a click. Each opening is put on record. @throws ApiProblem */
export async function openFile({ api }: App, caseId: string, { fileId, sha256 }: Bytes): Promise<void> {
	// At once: a tab that opens later than the click is blocked.
	const tab = window.open('', '_blank');
	try {
		const { url } = await grantBlob(api, sha256, referrerOfFile(caseId, fileId));
		if (!tab) return;
		tab.opener = null;
		tab.location.replace(url);
	} catch (error) {
		tab?.close();
		throw error;
	}
}

/** Saves a file under its name. Each time is put on record as an opening. @throws ApiProblem */
export async function saveFile({ api }: App, caseId: string, { fileId, sha256, name }: Bytes): Promise<void> {
	const { url } = await grantBlob(api, sha256, referrerOfFile(caseId, fileId));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
}
