import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { HUB_NAMESPACE } from '@counter-hub/shared/realtime/handshake.ts';
import type { HubNotices } from '@counter-hub/shared/realtime/hubEvents.ts';
import { perHub } from './perHub.ts';
import { RequestRouter, type RequestNamespace, type RequestSocket } from './platform/socket/RequestRouter.ts';

/** Who is at the other end of a `/hub` socket; set by the authentication middleware before `connection`. */
export interface HubSocketData {
	/** Kept up to date when the person's post changes. */
	actor: Actor;
	/** Of the record of the register that `actor` was read from. */
	staffVersion: number;
	displayName: string;
	signInId: string;
	/** When the access token in force expires (ms since 1970); `auth:renew` moves it. */
	expiresAt: number;
	pageId: string;
	/** The window that this PC was set to; `presence:renew` may change it. */
	windowId: string | null;
}
export type HubSocket = RequestSocket<HubNotices, HubSocketData>;
type HubNamespace = RequestNamespace<HubNotices, HubSocketData>;

/** Namespace `/hub` of one hub; features add their handlers while they register. */
export const hubSockets = perHub((hub) => {
	const { io, logger, metrics, shutdown } = hub;
	const namespace = io.of(HUB_NAMESPACE) as HubNamespace;
	shutdown.add('announce', 'pages', () => {
		namespace.emit('hub:closing', {});
	});
	metrics.gauge('hub_sockets', 'Sockets of pages', () => namespace.sockets.size);
	return new RequestRouter<HubNotices, HubSocketData>({ namespace, logger, metrics, shutdown });
});

/** Rooms that every `/hub` socket is in from the start: its person, sign-in and counter. Features add their own. */
export const roomOf = {
	staff: (id: string) => `staff:${id}`,
	signIn: (id: string) => `signIn:${id}`,
	counter: (id: string) => `counter:${id}`,
} as const;
