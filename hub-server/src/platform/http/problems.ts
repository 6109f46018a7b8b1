import type { ErrorRequestHandler } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { isMongoUnavailable } from '../mongo.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import { clientAddress, type TrustsProxy } from './clientAddress.ts';

/** Any error as the one that the client may see. Unknown ones are logged whole and hidden. */
export function toAppError(error: unknown, logger: Logger): AppError {
	if (error instanceof AppError) {
		if (error.status >= 500) logger.warn({ err: error, code: error.code }, 'request failed');
		return error;
	}
	if (isMongoUnavailable(error)) {
		logger.warn({ err: error }, 'database unavailable');
		return new AppError('databaseUnavailable', { cause: error });
	}
	const known = fromHttpLibrary(error);
	if (known) return known;
	logger.error({ err: error }, 'unknown error');
	return new AppError('internal', { cause: error });
}

/** Errors of Express and body-parser say what they are in `type` and `status`. */
function fromHttpLibrary(error: unknown): AppError | undefined {
	if (!(error instanceof Error)) return undefined;
	const type = 'type' in error ? error.type : undefined;
	if (type === 'entity.too.large') return new AppError('bodyTooLarge', { cause: error });
	if (typeof type === 'string' && /^(entity|encoding|charset|request|stream)\./.test(type)) {
		return new AppError('malformedBody', { cause: error });
	}
	const status = 'status' in error ? error.status : undefined;
	if (status === 404) return new AppError('notFound', { cause: error });
	if (error instanceof URIError || status === 400) return new AppError('invalidInput', { cause: error });
	if (status === 413) return new AppError('bodyTooLarge', { cause: error });
	return undefined;
}

/** The one mapper to RFC 9457 documents; `instance` is the request's id in the log. */
export function problemHandler(logger: Logger, trustsProxy: TrustsProxy): ErrorRequestHandler {
	return (error: unknown, request, response, next) => {
		const address = clientAddress(request, trustsProxy);
		const appError = toAppError(error, logger.child({ requestId: request.id, address }));
		if (response.headersSent) {
			next(error);
			return;
		}
		if (appError.status === 401) response.set('WWW-Authenticate', 'Bearer');
		response
			.status(appError.status)
			.type('application/problem+json')
			.send(JSON.stringify(appError.toProblem(`urn:uuid:${request.id}`)));
	};
}
