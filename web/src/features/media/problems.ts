import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';

/** The problem of whatever was thrown, by the node's answers as by the hub's. */
export function problemOf(error: unknown): Problem {
	const parsed = problem.safeParse(error instanceof Error && 'problem' in error ? error.problem : undefined);
	return parsed.success ? parsed.data : clientProblem('timeout', String(error));
}

/** A problem that this page found itself, in the form of those that the node sends. */
export function clientProblem(key: ErrorKey, detail?: string): Problem {
	return new AppError(key, detail === undefined ? {} : { detail }).toProblem();
}
