import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';

/** Any error as the one that the page may see. Unknown ones are logged whole and hidden. */
export function toAppError(error: unknown, logger: Logger, event: string): AppError {
	if (error instanceof AppError) {
		if (error.cause !== undefined) logger.debug({ err: error, event }, 'request refused');
		return error;
	}
	logger.error({ err: error, event }, 'request failed');
	return new AppError('internal', { cause: error, expose: false });
}
