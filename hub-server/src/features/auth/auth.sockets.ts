import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { parse } from '@counter-hub/shared/errors/parse.ts';
import { hubHandshake } from '@counter-hub/shared/realtime/handshake.ts';
import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets, roomOf, type HubSocket } from '../../hubSockets.ts';
import { toAppError } from '../../platform/http/problems.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';
import { places } from '../counters/Places.ts';
import { liveSockets } from './LiveSockets.ts';
import { principals } from './services.ts';

/**
 * Lets only signed-in people connect to `/hub`, and puts their sockets into the rooms of person, sign-in and counter.
 * A refusal reaches the client as `connect_error` whose `data` is the problem.
 */
export function authSockets(hub: HubContext): void {
	const router = hubSockets(hub);
	router.namespace.use((socket, next) => {
		admit(hub, socket).then(
			() => next(),
			(error: unknown) => {
				const problem = toAppError(error, hub.logger).toProblem();
				next(Object.assign(new Error(problem.code), { data: problem }));
			},
		);
	});
	router.namespace.on('connection', (socket) => {
		const { actor, signInId } = socket.data;
		const mine = [roomOf.staff(actor.staffId), roomOf.signIn(signInId)];
		if (actor.counterId !== null) mine.push(roomOf.counter(actor.counterId));
		void socket.join(mine);
	});
	router.handle(pick(hubRequests, 'auth:renew'), {
		'auth:renew': async ({ token }, { data }) => {
			const { principal, expiresAt } = await principals(hub).of(token);
			if (principal.signInId !== data.signInId) throw new AppError('notSignedIn');
			data.expiresAt = Math.max(data.expiresAt, expiresAt);
			if (principal.staffVersion > data.staffVersion)
				await liveSockets(hub).renewRights([data.actor.staffId]);
			return {};
		},
	});
}

async function admit(hub: HubContext, socket: HubSocket): Promise<void> {
	const { token, pageId, windowId } = parse(hubHandshake, socket.handshake.auth);
	const { principal, expiresAt } = await principals(hub).of(token);
	const { actor, staffVersion, displayName, signInId } = principal;
	if (actor.mustChangePassword) throw new AppError('passwordChangeRequired');
	const window = await places(hub).window(actor.counterId, windowId);
	socket.data = {
		actor,
		staffVersion,
		displayName,
		signInId,
		expiresAt,
		pageId,
		windowId: window?.id ?? null,
	};
}
