import { Schema, type Connection, type Model } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** Where browsers reach a media node. Kept, so that a page loaded while the node is away may connect when it is back. */
interface NodeOriginRecord {
	/** The node's id. */
	_id: string;
	origin: string;
	greetedAt: Date;
}

const FORGOTTEN_AFTER_S = 30 * 86_400;

const schema = new Schema<NodeOriginRecord>(
	{
		_id: { type: String, required: true },
		origin: { type: String, required: true },
		greetedAt: { type: Date, required: true },
	},
	{ collection: 'mediaNodeOrigins', versionKey: false },
);
schema.index({ greetedAt: 1 }, { expireAfterSeconds: FORGOTTEN_AFTER_S });

export const nodeOriginModel = (connection: Connection): Model<NodeOriginRecord> =>
	modelOf<NodeOriginRecord>(connection, 'NodeOrigin', schema);

/** Origins that browsers must be allowed to reach, for the content security policy. */
class NodeOrigins {
	readonly #hub: HubContext;
	readonly #byNode = new Map<string, string>();

	constructor(hub: HubContext) {
		this.#hub = hub;
	}

	/** Before the hub listens: the nodes that it, or another hub, knew before. */
	async load(): Promise<void> {
		for (const { _id, origin } of await nodeOriginModel(this.#hub.connection).find().lean())
			this.#byNode.set(_id, origin);
	}

	/** Of a node that has greeted another hub; that one keeps it. */
	learn(nodeId: string, signalUrl: string): void {
		this.#byNode.set(nodeId, new URL(signalUrl).origin);
	}

	/** Of a node that has greeted this hub. */
	note(nodeId: string, signalUrl: string): void {
		const { origin } = new URL(signalUrl);
		this.#byNode.set(nodeId, origin);
		nodeOriginModel(this.#hub.connection)
			.updateOne({ _id: nodeId }, { origin, greetedAt: new Date(this.#hub.now()) }, { upsert: true })
			.catch((error: unknown) => {
				this.#hub.logger.warn({ err: error, nodeId }, 'the origin of a media node could not be kept');
			});
	}

	/** Each for requests and for sockets. */
	sources(): string[] {
		return [...new Set(this.#byNode.values())].flatMap((origin) => [origin, origin.replace(/^http/, 'ws')]);
	}
}

export const nodeOrigins = perHub((hub) => new NodeOrigins(hub));
