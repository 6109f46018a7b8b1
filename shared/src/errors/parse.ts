import type { z } from 'zod';
import { AppError } from './AppError.ts';
import type { ErrorKey } from './errorCatalogue.ts';
import type { FieldError } from './problem.ts';

/**
 * Validates `input` at a boundary. A custom issue may carry `params: { error: <ErrorKey> }`; when it is the only kind
 * of issue, that error is thrown instead of `invalidInput`, so that a wrong check digit keeps its own code.
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const { issues } = result.error;
	const keys = new Set(issues.map((issue) => customKey(issue) ?? 'invalidInput'));
	const [only] = keys;
	throw new AppError(keys.size === 1 && only !== undefined ? only : 'invalidInput', {
		fields: issues.map(toFieldError),
	});
}

function customKey(issue: z.core.$ZodIssue): ErrorKey | undefined {
	return issue.code === 'custom' ? (issue.params?.['error'] as ErrorKey | undefined) : undefined;
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
	const params = issue.code === 'custom' ? issue.params : undefined;
	const shown = Object.entries(params ?? {}).filter(
		(entry): entry is [string, string | number] =>
			typeof entry[1] === 'string' || typeof entry[1] === 'number',
	);
	return {
		path: issue.path.map(String).join('.'),
		code: issue.code,
		message: issue.message,
		...(shown.length > 0 && { params: Object.fromEntries(shown) }),
	};
}
