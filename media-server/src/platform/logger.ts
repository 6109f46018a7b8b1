import { destination, pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger };

/** JSON lines on stderr, so that stdout keeps the one ready line. Tokens, secrets and labels are never logged. */
export function createLogger(level: string, nodeId: string): Logger {
	return pino(
		{
			level,
			base: { pid: process.pid, nodeId },
			timestamp: stdTimeFunctions.isoTime,
			redact: {
				paths: ['token', 'secret', 'credential', 'label', '*.token', '*.secret', '*.credential', '*.label'],
				censor: '[hidden]',
			},
			serializers: { err: errorForLog },
		},
		destination({ dest: 2, sync: false }),
	);
}

function errorForLog(error: unknown): unknown {
	if (!(error instanceof Error)) return String(error);
	return {
		type: error.name,
		message: error.message,
		...('code' in error && { code: error.code }),
		stack: error.stack,
		...(error.cause !== undefined && { cause: errorForLog(error.cause) }),
	};
}
