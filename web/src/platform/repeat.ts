import { ApiProblem, type ProblemCode } from './ApiProblem.ts';

/** Between one try of a command and the next, while the hub answers that the outcome is unknown; then it is given up. */
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000];
/** The hub stops, or does not know whether the command took effect. */
const OPEN: readonly ProblemCode[] = ['SYS-9001', 'SYS-9002', 'SYS-9003'];

/**
 * Carries out a command until its outcome is known (H-7). `attempt` sends the same body with the same `commandId` each
 * time, so that it takes effect once.
 * @throws ApiProblem that refuses it, or the last open one after five tries
 */
export async function untilKnown<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
	for (const pause of PAUSES_MS) {
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof ApiProblem) || !OPEN.some((code) => error.is(code))) throw error;
			await new Promise((resolve) => setTimeout(resolve, pause));
			signal?.throwIfAborted();
		}
	}
	return attempt();
}
