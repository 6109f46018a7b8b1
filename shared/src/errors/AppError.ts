import { ERROR_CATALOGUE, type ErrorKey } from './errorCatalogue.ts';
import type { FieldError, Problem } from './problem.ts';

export interface AppErrorOptions {
	/** What happened, what was expected and what to do; shown to the client. */
	detail?: string;
	/** Values the page puts into its translated message, for example `{ expected: '3' }`. */
	params?: Record<string, string | number>;
	/** Which fields of the input are wrong. */
	fields?: FieldError[];
	/** False hides `detail` from the client (it is logged). Default true. */
	expose?: boolean;
	cause?: unknown;
}

/** The one error class. Anything else that reaches a boundary is logged and becomes `internal`. */
export class AppError extends Error {
	readonly key: ErrorKey;
	readonly code: string;
	readonly status: number;
	readonly expose: boolean;
	readonly params: Record<string, string | number> | undefined;
	readonly fields: FieldError[] | undefined;

	constructor(key: ErrorKey, options: AppErrorOptions = {}) {
		const entry = ERROR_CATALOGUE[key];
		super(options.detail ?? entry.title, options.cause === undefined ? undefined : { cause: options.cause });
		this.name = 'AppError';
		this.key = key;
		this.code = entry.code;
		this.status = entry.status;
		this.expose = options.expose ?? true;
		this.params = options.params;
		this.fields = options.fields;
	}

	/** RFC 9457 problem document. */
	toProblem(instance?: string): Problem {
		const { title } = ERROR_CATALOGUE[this.key];
		return {
			type: `urn:counter-hub:problem:${this.code}`,
			title,
			status: this.status,
			code: this.code,
			...(this.expose && this.message !== title && { detail: this.message }),
			...(this.params && { params: this.params }),
			...(this.fields && { fields: this.fields }),
			...(instance !== undefined && { instance }),
		};
	}
}
