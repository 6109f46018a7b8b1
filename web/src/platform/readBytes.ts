import { problem } from '@counter-hub/shared/errors/problem.ts';
import type { Api } from './Api.ts';
import { ApiProblem } from './ApiProblem.ts';

/** Bytes of an address of the API, such as a PDF. @throws ApiProblem */
export async function readBytes(api: Api, path: string): Promise<Blob> {
	const response = await api.fetch(path);
	if (response.ok) return response.blob();
	const refusal = problem.safeParse(await response.json().catch(() => undefined));
	throw refusal.success ? new ApiProblem(refusal.data) : ApiProblem.ofPage('badAnswer', response.status);
}

/** Shows bytes in a tab of their own. Call on a click, before anything is waited for: browsers allow it only then. */
export function openBytes(bytes: Promise<Blob>, failed: (error: unknown) => void): void {
	const tab = window.open('', '_blank');
	bytes.then(
		(blob) => {
			const url = URL.createObjectURL(blob);
			if (tab) tab.location.href = url;
			// The tab has read it by then.
			setTimeout(() => URL.revokeObjectURL(url), 60_000);
		},
		(error: unknown) => {
			tab?.close();
			failed(error);
		},
	);
}
