import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { ErrorKey } from '@counter-hub/shared/errors/errorCatalogue.ts';
import type { Problem } from '@counter-hub/shared/errors/problem.ts';

/** A problem that this page found itself, in the form of those that the node sends. */
export function clientProblem(key: ErrorKey, detail?: string): Problem {
	return new AppError(key, detail === undefined ? {} : { detail }).toProblem();
}
