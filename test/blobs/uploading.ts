import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { Upload, type DetailedError } from 'tus-js-client';
import { blobGrantAnswer } from '@counter-hub/shared/blobs/blobs.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import type { Feature } from '@counter-hub/hub-server/HubContext.ts';
import { features } from '@counter-hub/hub-server/features.ts';
import { blobs } from '@counter-hub/hub-server/features/blobs/blobs.ts';
import type { TestClient } from '../platform/TestClient.ts';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A file of a kind that is taken, `size` bytes long, like no other. */
export const newPdf = (size: number): Buffer =>
	Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size - 9)]);

/** A thing of the test that refers to blobs: whoever is named may read what it holds. */
export class TestOwner {
	readonly readers = new Set<string>();
	readonly held = new Set<string>();
	readonly feature: Feature = {
		name: 'test-papers',
		register: (hub) => {
			blobs(hub).own('paper', {
				mayRead: ({ actor }, id, hash) =>
					Promise.resolve(id === '1' && this.held.has(hash) && this.readers.has(actor.staffId)),
			});
		},
	};

	get features(): readonly Feature[] {
		return [...features, this.feature];
	}
}

export interface UploadOptions {
	url?: string;
	/** What the sender says of the bytes, where it is not true. */
	hash?: string;
	/** Of an upload begun before. */
	uploadUrl?: string;
	chunkSize?: number;
	/** Called after each piece; may cut it off by `abort()`. */
	onPiece?: (sent: number, upload: Upload) => void;
	retries?: number[];
}

/** Uploads as a page does, by tus-js-client. Resolves with the upload's address; throws the hub's problem. */
export function upload(client: TestClient, bytes: Buffer, options: UploadOptions = {}): Promise<string> {
	const { url = client.url, hash = sha256(bytes), uploadUrl, chunkSize, onPiece, retries = [] } = options;
	return new Promise((resolve, reject) => {
		const sending: Upload = new Upload(bytes, {
			endpoint: `${url}/api/v1/uploads`,
			headers: { authorization: `Bearer ${client.token}` },
			metadata: { sha256: hash },
			retryDelays: retries,
			storeFingerprintForResuming: false,
			...(uploadUrl !== undefined && { uploadUrl }),
			...(chunkSize !== undefined && { chunkSize }),
			onChunkComplete: (_size, sent) => onPiece?.(sent, sending),
			onSuccess: () => {
				resolve(sending.url ?? '');
			},
			onError: (error) => {
				reject(error);
			},
		});
		sending.start();
	});
}

/** The problem that an upload was refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<Problem> {
	const error: unknown = await attempt.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	const body = (error as DetailedError | undefined)?.originalResponse?.getBody();
	expect(body, String(error)).toBeTypeOf('string');
	return problem.parse(JSON.parse(body ?? ''));
}

export async function grantOf(client: TestClient, hash: string): Promise<string> {
	const answer = await client.post(`/blobs/${hash}/grants`, { referrer: 'paper:1' });
	return `${client.url}${blobGrantAnswer.parse(answer).url}`;
}
