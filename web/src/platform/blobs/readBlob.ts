import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import type { z } from 'zod';
import type { Api } from '../Api.ts';

/** An address for bytes, good for this sign-in and for two minutes. `referrer`: the thing that they belong to, `kind:id`. */
export const grantBlob = (
	api: Api,
	sha256: string,
	referrer: string,
): Promise<z.infer<typeof blobGrantAnswer>> =>
	api.send({ method: 'POST', path: `/blobs/${sha256}/grants`, body: { referrer }, answer: blobGrantAnswer });

/** The bytes themselves. @throws ApiProblem; TypeError when the line breaks */
export async function readBlob(api: Api, sha256: string, referrer: string): Promise<Blob> {
	const { url } = await grantBlob(api, sha256, referrer);
	const response = await fetch(url, { credentials: 'same-origin' });
	if (!response.ok) throw new TypeError(`the hub answered ${response.status}`);
	return response.blob();
}
