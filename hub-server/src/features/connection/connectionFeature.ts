import { hubRequests } from '@counter-hub/shared/realtime/hubEvents.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '@counter-hub/shared/realtime/protocol.ts';
import type { Feature, HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { pick } from '../../platform/socket/RequestRouter.ts';

/** How soon open pages hear of a media node that is new. */
const RULES_LOOKED_AT_MS = 500;

/** What an open page must know of the connection itself: the hub's time, its protocol, where it may connect to. */
export const connection: Feature = {
	name: 'connection',
	register(hub) {
		const router = hubSockets(hub);
		router.handle(pick(hubRequests, 'hub:time'), {
			'hub:time': () => Promise.resolve({ time: hub.now() }),
		});
		router.namespace.on('connection', (socket) => socket.emit('hub:rules', rulesOf(hub)));
		let told = '';
		hub.sweeper.every(RULES_LOOKED_AT_MS, 'connection rules', async () => {
			const rules = rulesOf(hub);
			if (rules.connectOrigins.join() === told) return;
			told = rules.connectOrigins.join();
			// To the pages of this hub: what other hubs serve, they tell.
			router.namespace.local.emit('hub:rules', rules);
			await Promise.resolve();
		});
	},
};

const rulesOf = (hub: HubContext) => ({
	protocol: PROTOCOL,
	oldest: OLDEST_PROTOCOL,
	connectOrigins: [...new Set(hub.connectOrigins.flatMap((origins) => origins()))].sort(),
});
