import type { IncomingMessage } from 'node:http';
import type { HubContext } from '../../HubContext.ts';
import { verifyAccessToken } from './accessToken.ts';
import { refreshCookiesOf } from './refreshCookie.ts';
import { signIns } from './services.ts';

/**
 * Who asks, as far as signatures tell without a look into the database: the person of an access token, or the sign-in of
 * a refresh cookie. Many people share an address; one of them must not use up what the others need.
 */
export function requestKey(hub: HubContext, request: IncomingMessage): string | undefined {
	const token = bearerToken(request);
	if (token !== undefined) {
		try {
			return `staff:${verifyAccessToken(hub.config.accessTokenSecret, token, hub.now()).staffId}`;
		} catch {
			return undefined;
		}
	}
	const own = refreshCookiesOf(request).find(([id, value]) => signIns(hub).wasOurs(id, value));
	return own && `signIn:${own[0]}`;
}

export function bearerToken(request: IncomingMessage): string | undefined {
	const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(request.headers.authorization ?? '') ?? [];
	return token !== undefined && token.length <= 4096 ? token : undefined;
}
