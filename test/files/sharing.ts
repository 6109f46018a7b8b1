import { randomUUID } from 'node:crypto';
import {
	fileWritten,
	filesOfCase,
	referrerOfFile,
	type SharedFile,
} from '@counter-hub/shared/files/files.ts';
import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import { sha256, upload } from '../blobs/uploading.ts';
import type { TestClient } from '../platform/TestClient.ts';

export const shareBody = (bytes: Buffer, more: object = {}) => ({
	commandId: randomUUID(),
	name: '股东会决议.pdf',
	sha256: sha256(bytes),
	materialNo: null,
	...more,
});

/** Uploads bytes and gives them to the other side; returns the file's id. */
export async function share(
	client: TestClient,
	caseId: string,
	bytes: Buffer,
	more: object = {},
): Promise<string> {
	await upload(client, bytes);
	const body = shareBody(bytes, more);
	fileWritten.parse(await client.post(`/cases/${caseId}/files`, body));
	return body.commandId;
}

export async function filesOf(client: TestClient, caseId: string): Promise<SharedFile[]> {
	return filesOfCase.parse(await client.get(`/cases/${caseId}/files`)).state;
}

/** What asking for a file's bytes is answered with: 201 and an address, or a refusal. */
export const askFor = (client: TestClient, caseId: string, fileId: string, bytes: Buffer) =>
	client.send('POST', `/blobs/${sha256(bytes)}/grants`, { referrer: referrerOfFile(caseId, fileId) });

/** The bytes of a file, as its reader gets them. */
export async function open(
	client: TestClient,
	caseId: string,
	fileId: string,
	bytes: Buffer,
): Promise<{ url: string; response: Response }> {
	const { body } = await askFor(client, caseId, fileId, bytes);
	const url = `${client.url}${blobGrantAnswer.parse(body).url}`;
	return { url, response: await fetch(url) };
}
