import type { Request } from 'express';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import type { Guard } from '../../platform/http/route.ts';
import type { Principal } from './Principal.ts';
import { bearerToken } from './requestKey.ts';
import { principals } from './services.ts';

const BEARER_ERRORS = ['notSignedIn', 'signInRevoked', 'accountDisabled'] as const;

/** For everybody who is signed in and has a password of one's own. */
export function signedIn(hub: HubContext): Guard<Principal> {
	return {
		scheme: 'accessToken',
		errors: [...BEARER_ERRORS, 'passwordChangeRequired'],
		async authenticate(request) {
			const principal = await bearer(hub, request);
			if (principal.actor.mustChangePassword) throw new AppError('passwordChangeRequired');
			return principal;
		},
	};
}

/** Also for a person who still has to choose a password. */
export function signedInAtAll(hub: HubContext): Guard<Principal> {
	return {
		scheme: 'accessToken',
		errors: BEARER_ERRORS,
		authenticate: (request) => bearer(hub, request),
	};
}

/**
 * For addresses that act on the refresh cookie or set it. Browsers send the cookie along by themselves, so a request
 * that a page of another site caused is refused; the `Origin` of every request is checked before this.
 */
export const ownPage: Guard<undefined> = {
	scheme: 'refreshCookie',
	errors: ['foreignOrigin'],
	authenticate: (request) => {
		const site = request.headers['sec-fetch-site'];
		if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new AppError('foreignOrigin');
	},
};

async function bearer(hub: HubContext, request: Request): Promise<Principal> {
	const token = bearerToken(request);
	if (token === undefined) throw new AppError('notSignedIn');
	const { principal } = await principals(hub).of(token);
	return principal;
}
