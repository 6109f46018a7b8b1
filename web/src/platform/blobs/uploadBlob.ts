import type { DetailedError, HttpResponse } from 'tus-js-client';
import { problem } from '@counter-hub/shared/errors/problem.ts';
import { ApiProblem } from '../ApiProblem.ts';
import type { App } from '../App.svelte.ts';

export interface UploadOptions {
	/** Of all bytes, 0–1: those that the hub has confirmed or is being sent. */
	readonly onProgress?: (share: number) => void;
	readonly signal?: AbortSignal;
	/** Where an earlier attempt left off: what has arrived there is not sent again. */
	readonly from?: string | undefined;
	/** Says where it can be gone on with, should this attempt fail. */
	readonly onPlace?: (place: string | null) => void;
}

/** What the hub has been given, by which events and commands name it. */
export interface UploadedBlob {
	readonly sha256: string;
	readonly size: number;
}

/** Small enough that a cut loses little, large enough to be few. */
const PIECE_BYTES = 4 * 1024 * 1024;
const RETRY_MS = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Brings bytes to the hub by a resumable upload (tus): what was sent before a cut is not sent again, and whatever passes
 * is waited for. `sha256` must be theirs.
 * @throws ApiProblem that refuses them
 */
export async function uploadBlob(
	app: App,
	bytes: Blob,
	sha256: string,
	{ onProgress, signal, from, onPlace }: UploadOptions = {},
): Promise<UploadedBlob> {
	const { Upload } = await import('tus-js-client');
	const token = await app.signIn.token();
	signal?.throwIfAborted();
	await new Promise<void>((resolve, reject) => {
		const upload = new Upload(bytes, {
			endpoint: `${location.origin}/api/v1/uploads`,
			chunkSize: PIECE_BYTES,
			metadata: { sha256 },
			retryDelays: RETRY_MS,
			storeFingerprintForResuming: false,
			onBeforeRequest: async (request) => {
				request.setHeader('authorization', `Bearer ${(await app.signIn.token()) ?? token ?? ''}`);
			},
			onShouldRetry: (error) => isPassing(error),
			onProgress: (sent, all) => onProgress?.(all === 0 ? 0 : sent / all),
			...(from !== undefined && { uploadUrl: from }),
			onUploadUrlAvailable: () => onPlace?.(upload.url),
			onSuccess: () => resolve(),
			onError: (error) => {
				if (!isPassing(error)) onPlace?.(null);
				reject(problemOf(error));
				// Until it is looked at it would count among the unfinished ones. Aborting empties the answer that was read above.
				if (isUnscanned(error)) void upload.abort(true).catch(() => undefined);
			},
		});
		signal?.addEventListener(
			'abort',
			() => {
				void upload.abort(true).catch(() => undefined);
				reject(signal.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
			},
			{ once: true },
		);
		upload.start();
	});
	return { sha256, size: bytes.size };
}

/** A refusal stays one, and so does a scanner that is away; an expired token, a broken line, a hub that stops do not. */
function isPassing(error: Error | DetailedError): boolean {
	if (isUnscanned(error)) return false;
	const status = responseOf(error)?.getStatus() ?? 0;
	return (
		status === 0 || status === 401 || status === 409 || status === 429 || (status >= 500 && status !== 507)
	);
}

function problemOf(error: Error | DetailedError): ApiProblem {
	const body = responseOf(error)?.getBody();
	if (body === undefined) return ApiProblem.ofPage('unreachable', error);
	try {
		return new ApiProblem(problem.parse(JSON.parse(body)));
	} catch {
		return ApiProblem.ofPage('badAnswer', error);
	}
}

const isUnscanned = (error: Error | DetailedError): boolean =>
	responseOf(error)?.getStatus() === 503 && problemOf(error).is('BLOB-4508');

const responseOf = (error: Error | DetailedError): HttpResponse | null =>
	'originalResponse' in error ? (error.originalResponse ?? null) : null;
