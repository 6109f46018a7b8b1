import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';

/**
 * True if the request names no origin (no browser, or a plain navigation), the host that it was sent to, or
 * `publicUrl`. Ours are `localhost` and `127.0.0.1` alike only in so far as the page was loaded from the same name.
 */
export function isOwnOrigin(request: IncomingMessage, publicUrl: string | undefined): boolean {
	const { origin, host } = request.headers;
	if (origin === undefined) return true;
	if (!URL.canParse(origin)) return false;
	const url = new URL(origin);
	return url.host === host || (publicUrl !== undefined && url.origin === new URL(publicUrl).origin);
}

/** Other sites may neither read nor act; the refresh cookie is `SameSite=Strict` besides. */
export function refuseForeignOrigins(publicUrl: string | undefined): RequestHandler {
	return (request, _response, next) => {
		if (!isOwnOrigin(request, publicUrl)) throw new AppError('foreignOrigin');
		next();
	};
}
