import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { HubContext } from '../../HubContext.ts';
import { API_BASE } from '../../platform/http/Api.ts';
import { SIGN_IN_IDLE_MS } from './limits.ts';

/** One cookie per sign-in, so that two people in two tabs of one browser do not overwrite each other's. */
const PREFIX = 'ch_r_';
const nameOf = (signInId: string) => PREFIX + signInId;

/** A proxy in front may be the one that speaks TLS: then only the public address tells. */
export const cookieAttributes = ({ config }: HubContext, { secure }: Request) =>
	({
		httpOnly: true,
		sameSite: 'strict',
		path: `${API_BASE}/auth`,
		secure: secure || config.publicUrl?.startsWith('https:') === true,
	}) as const;

export function setRefreshCookie(
	hub: HubContext,
	request: Request,
	response: Response,
	signIn: { id: string; refreshToken: string },
): void {
	response.cookie(nameOf(signIn.id), signIn.refreshToken, {
		...cookieAttributes(hub, request),
		maxAge: SIGN_IN_IDLE_MS,
	});
}

export function clearRefreshCookie(
	hub: HubContext,
	request: Request,
	response: Response,
	signInId: string,
): void {
	response.clearCookie(nameOf(signInId), cookieAttributes(hub, request));
}

export function readRefreshCookie(request: IncomingMessage, signInId: string): string | undefined {
	return parseCookie(request.headers.cookie ?? '')[nameOf(signInId)] || undefined;
}

/** All refresh cookies that came: ids of sign-ins and tokens, of which the first twenty are looked at. */
export function refreshCookiesOf(request: IncomingMessage): [signInId: string, token: string][] {
	return Object.entries(parseCookie(request.headers.cookie ?? ''))
		.flatMap<[string, string]>(([name, value]) =>
			value !== undefined && name.startsWith(PREFIX) ? [[name.slice(PREFIX.length), value]] : [],
		)
		.slice(0, 20);
}
