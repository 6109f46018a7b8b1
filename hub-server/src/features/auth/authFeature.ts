import type { Feature } from '../../HubContext.ts';
import { authRoutes } from './auth.routes.ts';
import { authSockets } from './auth.sockets.ts';
import { REVOCATION_SWEEP_MS } from './limits.ts';
import { liveSockets } from './LiveSockets.ts';
import { requestKey } from './requestKey.ts';
import { guesses, principals, signIns } from './services.ts';

/** Signing in, and who is behind a request or a socket. */
export const auth: Feature = {
	name: 'auth',
	register(hub) {
		signIns(hub);
		principals(hub);
		guesses(hub);
		hub.requestKeys.push((request) => requestKey(hub, request));
		authRoutes(hub);
		authSockets(hub);
		const sockets = liveSockets(hub);
		hub.sweeper.every(REVOCATION_SWEEP_MS, 'revoked sign-ins', () => sockets.sweep());
	},
	start: (hub) => guesses(hub).createIndexes(),
};
