import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { signInId } from '@counter-hub/shared/ids/ids.ts';
import {
	chooseWindowBody,
	me,
	passwordBody,
	refreshBody,
	signInAnswer,
	signInBody,
	signInView,
} from '@counter-hub/shared/people/people.ts';
import type { Request } from 'express';
import type { HubContext } from '../../HubContext.ts';
import { clientAddress } from '../../platform/http/clientAddress.ts';
import { RateLimiter } from '@counter-hub/shared/server/RateLimiter.ts';
import { places } from '../counters/Places.ts';
import { readDevice, setDeviceCookie } from './deviceCookie.ts';
import { ownPage, signedInAtAll } from './guards.ts';
import { ATTEMPTS_PER_ADDRESS, ATTEMPTS_PER_NAME, REFRESHES } from './limits.ts';
import { meOf } from './meOf.ts';
import { clearRefreshCookie, readRefreshCookie, setRefreshCookie } from './refreshCookie.ts';
import { signIns } from './services.ts';
import { changePassword, refresh, signIn } from './signInCommands.ts';
import type { Whence } from './SignIns.ts';

const tag = 'Signing in';

/** Signing in and out, one's own sign-ins and password. */
export function authRoutes(hub: HubContext): void {
	const perAddress = new RateLimiter(ATTEMPTS_PER_ADDRESS);
	const perName = new RateLimiter(ATTEMPTS_PER_NAME);
	const refreshes = new RateLimiter(REFRESHES);
	const guard = signedInAtAll(hub);

	hub.api.route({
		method: 'post',
		path: '/auth/sign-in',
		operationId: 'signIn',
		summary: 'Signs in with name and password; sets the refresh cookie of this sign-in',
		tag,
		guard: { ...ownPage, scheme: 'none' },
		body: signInBody,
		response: signInAnswer,
		errors: ['wrongCredentials', 'lockedOut', 'accountDisabled', 'queueFull'],
		handler: async ({ body, request, response }) => {
			const whence = whenceOf(hub, request);
			const deviceId = readDevice(hub, request, body.name);
			await perName.consume(`${body.name} ${deviceId ?? whence.address}`);
			// A device that is known to the name counts for itself, whatever others try from the same address.
			if (deviceId === null) await perAddress.consume(whence.address);
			const admitted = await signIn(hub, body, { ...whence, deviceId });
			if (deviceId === null) await perAddress.giveBack(whence.address);
			setRefreshCookie(hub, request, response, admitted.signIn);
			setDeviceCookie(hub, request, response, body.name);
			return admitted.answer;
		},
	});

	hub.api.route({
		method: 'post',
		path: '/auth/refresh',
		operationId: 'refreshSignIn',
		summary: 'Gives a fresh access token and replaces the refresh token in the cookie',
		tag,
		guard: ownPage,
		body: refreshBody,
		response: signInAnswer,
		errors: ['notSignedIn', 'signInRevoked', 'accountDisabled'],
		handler: async ({ body, request, response }) => {
			const cookie = readRefreshCookie(request, body.signInId);
			const { address } = whenceOf(hub, request);
			await refreshes.consume(signIns(hub).wasOurs(body.signInId, cookie) ? body.signInId : address);
			try {
				const admitted = await refresh(hub, body.signInId, cookie, whenceOf(hub, request));
				setRefreshCookie(hub, request, response, admitted.signIn);
				return admitted.answer;
			} catch (error) {
				const over = error instanceof AppError && (error.status === 401 || error.status === 403);
				if (over) clearRefreshCookie(hub, request, response, body.signInId);
				throw error;
			}
		},
	});

	hub.api.route({
		method: 'post',
		path: '/auth/sign-out',
		operationId: 'signOut',
		summary: 'Ends this sign-in, cuts its sockets and clears its cookie',
		tag,
		guard,
		handler: async ({ actor: principal, request, response }) => {
			await signIns(hub).revoke({ _id: principal.signInId }, 'signedOut', new Date(hub.now()));
			clearRefreshCookie(hub, request, response, principal.signInId);
		},
	});

	hub.api.route({
		method: 'post',
		path: '/auth/password',
		operationId: 'changePassword',
		summary: 'Changes one’s own password and ends one’s other sign-ins',
		tag,
		guard,
		body: passwordBody,
		errors: ['wrongCredentials', 'lockedOut', 'weakPassword', 'staleVersion'],
		handler: ({ actor, body }) => changePassword(hub, actor, body),
	});

	hub.api.route({
		method: 'get',
		path: '/auth/sign-ins',
		operationId: 'listSignIns',
		summary: 'One’s own live sign-ins, the latest used first',
		tag,
		guard,
		response: z.object({ signIns: z.array(signInView) }),
		handler: async ({ actor: { actor, signInId: currentId } }) => ({
			signIns: await signIns(hub).list(actor.staffId, currentId, new Date(hub.now())),
		}),
	});

	hub.api.route({
		method: 'delete',
		path: '/auth/sign-ins/{signInId}',
		operationId: 'revokeSignIn',
		summary: 'Ends one of one’s own sign-ins and cuts its sockets',
		tag,
		guard,
		params: z.strictObject({ signInId }),
		errors: ['notFound'],
		handler: async ({ actor: { actor }, params }) => {
			const revoked = await signIns(hub).revoke(
				{ _id: params.signInId, staffId: actor.staffId },
				'revoked',
				new Date(hub.now()),
			);
			if (revoked === 0) throw new AppError('notFound');
		},
	});

	hub.api.route({
		method: 'get',
		path: '/me',
		operationId: 'getMe',
		summary: 'Who is signed in, at which counter and window',
		tag,
		guard,
		response: me,
		handler: ({ actor }) => meOf(hub, actor),
	});

	hub.api.route({
		method: 'put',
		path: '/me/window',
		operationId: 'chooseWindow',
		summary: 'Says which window of the counter this PC is',
		tag,
		guard,
		body: chooseWindowBody,
		response: me,
		errors: ['unknownWindow'],
		handler: async ({ actor: principal, body }) => {
			const { counterId } = principal.actor;
			const window = await places(hub).window(counterId, body.windowId);
			if (body.windowId !== null && !window?.open) throw new AppError('unknownWindow');
			await signIns(hub).chooseWindow(principal.signInId, body.windowId);
			return meOf(hub, { ...principal, windowId: body.windowId });
		},
	});
}

const whenceOf = (hub: HubContext, request: Request): Whence => ({
	address: clientAddress(request, hub.config.trustsProxy),
	userAgent: request.headers['user-agent'] ?? '',
});
