import { destination, pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger };

/** Fields that may carry secrets or personal data; they never reach the log. */
const REDACTED = [
	'password',
	'token',
	'secret',
	'credential',
	'authorization',
	'cookie',
	'citizenId',
	'phone',
	'name',
	'label',
	'person',
	'*.password',
	'*.token',
	'*.secret',
	'*.credential',
	'*.authorization',
	'*.cookie',
	'*.citizenId',
	'*.phone',
	'*.label',
	'*.person',
	'*.*.password',
	'*.*.token',
	'*.*.authorization',
	'*.*.cookie',
	'*.*.citizenId',
	'*.*.phone',
];

/** JSON lines on stderr, so that stdout keeps the one ready line. */
export function createLogger(level: string, base: Record<string, string> = {}): Logger {
	return pino(
		{
			level,
			base: { pid: process.pid, ...base },
			timestamp: stdTimeFunctions.isoTime,
			redact: { paths: REDACTED, censor: '[hidden]' },
			serializers: { err: errorForLog, error: errorForLog },
		},
		destination({ dest: 2, sync: false }),
	);
}

/** Message, code and stack only: driver errors also carry the documents they refused. */
function errorForLog(error: unknown): unknown {
	if (!(error instanceof Error)) return error;
	return {
		type: error.name,
		message: error.message,
		...('code' in error && { code: error.code }),
		stack: error.stack,
		...(error.cause !== undefined && { cause: errorForLog(error.cause) }),
	};
}
