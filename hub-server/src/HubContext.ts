import type { IncomingMessage } from 'node:http';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import type { Server } from 'socket.io';
import type { HubConfig } from './config.ts';
import type { Api } from './platform/http/Api.ts';
import type { ReadinessCheck } from '@counter-hub/shared/server/health.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { Metrics } from '@counter-hub/shared/server/metrics.ts';
import type { Connection } from './platform/mongo.ts';
import type { Shutdown } from './platform/shutdown.ts';
import type { Sweeper } from './platform/sweeper.ts';

/** What a feature gets to register itself with. One per hub; nothing in it is global. */
export interface HubContext {
	/** Names this hub process among several: presence, sweeps and media nodes refer to it. */
	readonly hubId: string;
	readonly config: HubConfig;
	readonly logger: Logger;
	readonly metrics: Metrics;
	/** `connection.model('Case', schema)`; indexes are made after all features have registered. */
	readonly connection: Connection;
	/** REST under `/api/v1`. */
	readonly api: Api;
	readonly io: Server;
	readonly sweeper: Sweeper;
	/** What a feature opens it closes here. */
	readonly shutdown: Shutdown;
	/** What must work before the hub calls itself ready. */
	readonly checks: ReadinessCheck[];
	/** Callbacks that give further origins for the page's `connect-src`, such as those of the media nodes. */
	readonly connectOrigins: (() => readonly string[])[];
	/**
	 * Callbacks that tell who asks by REST, for counting: a request counts against the first key that one of them names
	 * (a person, a device), and against its address when nobody knows it.
	 */
	readonly requestKeys: ((request: IncomingMessage) => string | undefined)[];
	/** The origin that people reach the hub by; known once it listens. */
	readonly origin: () => string;
	/** Milliseconds since 1970; tests may set another clock. */
	readonly now: () => number;
}

/** How the people of the demo's stories express themselves; a story goes on without what no feature can tell. */
interface DemoVoice {
	/** Somebody who works on a case remarks something. */
	remark?(text: string, by: EventActor): EventDraft;
}

/** A feature of the hub: deleting its folders and its line in `features.ts` removes it. */
export interface Feature {
	readonly name: string;
	/** Declares routes, events, models and jobs. Nothing is served yet. */
	register(hub: HubContext): Promise<void> | void;
	/** After indexes exist and timelines are caught up, before the hub listens. */
	start?(hub: HubContext): Promise<void> | void;
	/** What it can tell in the demo's cases. */
	readonly demo?: DemoVoice;
}
