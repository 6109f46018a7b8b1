import type { ErrorEntries } from './ErrorEntry.ts';

/** Errors of requests as such, and of the hub itself; no feature says them again. */
export const commonErrors = {
	invalidInput: { code: 'REQ-1001', status: 422, title: 'The input does not have the expected form' },
	malformedBody: { code: 'REQ-1002', status: 400, title: 'The body is not valid JSON' },
	bodyTooLarge: { code: 'REQ-1003', status: 413, title: 'The body is larger than allowed' },
	notFound: { code: 'REQ-1004', status: 404, title: 'There is nothing at this address' },
	tooManyRequests: { code: 'REQ-1005', status: 429, title: 'Too many requests' },
	unknownEvent: { code: 'REQ-1006', status: 400, title: 'This event is not known' },
	methodNotAllowed: { code: 'REQ-1007', status: 405, title: 'This method is not allowed here' },
	queueFull: { code: 'REQ-1008', status: 503, title: 'Too much work is waiting; try again shortly' },
	commandReused: {
		code: 'REQ-1009',
		status: 409,
		title: 'This command id was already used for something else',
	},
	foreignOrigin: { code: 'REQ-1010', status: 403, title: 'Requests from this origin are not accepted' },
	unsupportedMediaType: { code: 'REQ-1011', status: 415, title: 'The body is not of the type expected here' },
	unavailable: { code: 'SYS-9001', status: 503, title: 'The service is stopping or not ready' },
	databaseUnavailable: {
		code: 'SYS-9002',
		status: 503,
		title: 'The database does not answer; nothing was lost',
	},
	timeout: { code: 'SYS-9003', status: 504, title: 'No answer in time' },
	internal: { code: 'SYS-9999', status: 500, title: 'Something went wrong on our side' },
} as const satisfies ErrorEntries;
