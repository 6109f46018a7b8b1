import type { z } from 'zod';
import { AppError } from './AppError.ts';
import { ERROR_CATALOGUE, type ErrorKey } from './errorCatalogue.ts';
import type { FieldError } from './problem.ts';

/**
 * Validates `input` at a boundary. A custom issue may carry `params: { error: <ErrorKey> }`; when it is the only kind
 * of issue, that error is thrown instead of `invalidInput`, so that a wrong check digit keeps its own code. One that is
 * about more than a form, by its status, goes before whatever else is wrong.
 */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
	const result = schema.safeParse(input);
	if (result.success) {
		const path = illFormedText(result.data);
		if (path === undefined) return result.data;
		throw new AppError('invalidInput', {
			fields: [{ path, code: 'custom', message: 'not well-formed Unicode' }],
		});
	}
	const { issues } = result.error;
	const keys = [...new Set(issues.map((issue) => customKey(issue) ?? 'invalidInput'))];
	const first = keys.find((key) => ERROR_CATALOGUE[key].status !== ERROR_CATALOGUE.invalidInput.status);
	const [only] = keys.length === 1 ? keys : [];
	throw new AppError(first ?? only ?? 'invalidInput', {
		fields: issues.map(toFieldError),
	});
}

/**
 * Where a text holds half a character (a lone surrogate), which JSON can carry but neither the database nor the hash
 * of an event can.
 */
function illFormedText(value: unknown, path = ''): string | undefined {
	if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const [key, item] of Object.entries(value)) {
		const found = illFormedText(item, path === '' ? key : `${path}.${key}`);
		if (found !== undefined) return found;
	}
	return undefined;
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
