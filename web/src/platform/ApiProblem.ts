import type { ErrorCode } from '@counter-hub/shared/errors/errorCatalogue.ts';
import type { FieldError, Problem } from '@counter-hub/shared/errors/problem.ts';

/** Failures that the page itself notices; the hub has codes of its own for the rest. */
export const PAGE_PROBLEMS = {
	unreachable: { code: 'NET-8001', status: 0, title: 'The hub cannot be reached' },
	badAnswer: {
		code: 'NET-8002',
		status: 0,
		title: 'The hub answered in a form that this page does not know',
	},
} as const;
type PageCode = (typeof PAGE_PROBLEMS)[keyof typeof PAGE_PROBLEMS]['code'];
export type ProblemCode = ErrorCode | PageCode;

/** The one error of the page: whatever REST or the socket refused, with its code. Show it with `errorText()`. */
export class ApiProblem extends Error {
	readonly problem: Problem;

	constructor(problem: Problem, cause?: unknown) {
		super(`${problem.code} ${problem.detail ?? problem.title}`, cause === undefined ? undefined : { cause });
		this.name = 'ApiProblem';
		this.problem = problem;
	}

	get code(): string {
		return this.problem.code;
	}

	is(code: ProblemCode): boolean {
		return this.problem.code === code;
	}

	/** The wrong field at `path` (dot notation), if the hub named it. */
	field(path: string): FieldError | undefined {
		return this.problem.fields?.find((field) => field.path === path);
	}

	static ofPage(key: keyof typeof PAGE_PROBLEMS, cause?: unknown): ApiProblem {
		const entry = PAGE_PROBLEMS[key];
		return new ApiProblem({ type: `urn:counter-hub:problem:${entry.code}`, ...entry }, cause);
	}

	/** Any thrown value as a problem; what is unknown counts as `badAnswer`. */
	static from(error: unknown): ApiProblem {
		return error instanceof ApiProblem ? error : ApiProblem.ofPage('badAnswer', error);
	}
}
