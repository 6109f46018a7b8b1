import type { Request, Response } from 'express';
import type { HubContext } from '../../HubContext.ts';
import { API_BASE } from '../../platform/http/Api.ts';
import { SIGN_IN_IDLE_MS } from './limits.ts';

/** One cookie per sign-in, so that two people in two tabs of one browser do not overwrite each other's. */
const nameOf = (signInId: string) => `ch_r_${signInId}`;

/** A proxy in front may be the one that speaks TLS: then only the public address tells. */
const attributes = ({ config }: HubContext, { secure }: Request) =>
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
		...attributes(hub, request),
		maxAge: SIGN_IN_IDLE_MS,
	});
}

export function clearRefreshCookie(
	hub: HubContext,
	request: Request,
	response: Response,
	signInId: string,
): void {
	response.clearCookie(nameOf(signInId), attributes(hub, request));
}

export function readRefreshCookie(request: Request, signInId: string): string | undefined {
	const prefix = `${nameOf(signInId)}=`;
	const pair = request.headers.cookie?.split(/; */).find((part) => part.startsWith(prefix));
	return pair?.slice(prefix.length) || undefined;
}
