import { z } from 'zod';

/** One wrong field: `path` in dot notation, `code` of the check that failed. */
const fieldError = z.object({
	path: z.string(),
	code: z.string(),
	message: z.string(),
	params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldError = z.infer<typeof fieldError>;

/** Problem details (RFC 9457) with the product's error code. Also the error half of a socket acknowledgement. */
export const problem = z
	.object({
		type: z.string(),
		title: z.string(),
		status: z.int(),
		code: z.string(),
		detail: z.string().optional(),
		params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
		fields: z.array(fieldError).optional(),
		instance: z.string().optional(),
	})
	.meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
