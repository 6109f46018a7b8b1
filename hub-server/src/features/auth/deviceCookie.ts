import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { HubContext } from '../../HubContext.ts';
import { DEVICE_COOKIE_MS } from './limits.ts';
import { cookieAttributes } from './refreshCookie.ts';

const mac = (hub: HubContext, text: string) =>
	createHmac('sha256', hub.config.accessTokenSecret)
		.update(`device\0${text}`)
		.digest('base64url')
		.slice(0, 32);

/** Several people share a PC: one cookie each, whose name does not give theirs away. */
const nameOf = (hub: HubContext, name: string) => `ch_d_${mac(hub, `name\0${name}`).slice(0, 12)}`;

/** Marks this browser as one that has signed in under the name. Signed, so that nobody can make one. */
export function setDeviceCookie(hub: HubContext, request: Request, response: Response, name: string): void {
	const id = readDevice(hub, request, name) ?? randomBytes(16).toString('base64url');
	response.cookie(nameOf(hub, name), `${id}.${mac(hub, `${id}\0${name}`)}`, {
		...cookieAttributes(hub, request),
		maxAge: DEVICE_COOKIE_MS,
	});
}

/** The id of the device, if it has signed in under this name before. */
export function readDevice(hub: HubContext, request: IncomingMessage, name: string): string | null {
	const value = parseCookie(request.headers.cookie ?? '')[nameOf(hub, name)] ?? '';
	const [id = '', mark = ''] = value.split('.');
	const expected = Buffer.from(mac(hub, `${id}\0${name}`));
	const actual = Buffer.from(mark);
	return id !== '' && actual.length === expected.length && timingSafeEqual(actual, expected) ? id : null;
}
