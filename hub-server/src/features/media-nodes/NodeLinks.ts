import { Schema, type Connection, type Model, type mongo } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { modelOf } from '../../platform/modelOf.ts';
import type { MediaNode } from './NodeRegistry.ts';

/** A run of a node. */
interface NodeRun {
	nodeId: string;
	epoch: number;
}

/** A node that a hub has a link to, as that hub knows it. */
export interface LinkedNode extends NodeRun {
	/** Origin that browsers use. */
	signalUrl: string;
	/** Origin that other nodes use. */
	spanUrl: string;
	/** Whose pages connect there; null: anybody's. */
	city: CityCode | null;
	/** In all its rooms. */
	people: number;
}

/** Which nodes have greeted a hub, as that hub last wrote it; it holds until `expiresAt`, by the database's clock. */
interface LinksRecord {
	/** The hub's id. */
	_id: string;
	nodes: LinkedNode[];
	expiresAt: Date;
}

/** So long does the word of a hub hold that was killed, stands still or is cut off from the database. */
const LINKS_LEASE_MS = 3_000;
export const LINKS_RENEW_MS = 1_000;

const schema = new Schema<LinksRecord>(
	{
		_id: { type: String, required: true },
		nodes: [
			new Schema<LinkedNode>(
				{
					nodeId: String,
					epoch: Number,
					signalUrl: String,
					spanUrl: String,
					city: { type: String, default: null },
					people: Number,
				},
				{ _id: false },
			),
		],
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'nodeLinks', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 60 });

export const nodeLinksModel = (connection: Connection): Model<LinksRecord> =>
	modelOf<LinksRecord>(connection, 'NodeLinks', schema);

/**
 * Which node has a link to which hub, under a lease that every hub renews. One that misses a node learns here whether
 * it is the node that is away, or the line (N-9).
 */
class NodeLinks {
	readonly #hub: HubContext;
	/** The driver's own, for expressions by the database's clock. */
	readonly #records: mongo.Collection<LinksRecord>;
	readonly #own = new Map<string, MediaNode>();
	#writing: Promise<void> = Promise.resolve();
	/** When the lease was last renewed, and since when without a break; ms of `performance.now()`. */
	#renewedAt = -Infinity;
	#unbrokenSince = Infinity;

	constructor(hub: HubContext) {
		this.#hub = hub;
		const { collection } = nodeLinksModel(hub.connection);
		this.#records = collection as unknown as mongo.Collection<LinksRecord>;
	}

	/** A node has greeted this hub. */
	async add(node: MediaNode): Promise<void> {
		this.#own.set(node.nodeId, node);
		await this.renew();
	}

	/** A node's link to this hub is broken, unless a newer one is there already. */
	async remove({ nodeId, epoch }: NodeRun): Promise<void> {
		if (this.#own.get(nodeId)?.epoch === epoch) this.#own.delete(nodeId);
		await this.renew();
	}

	/** One write after the other, so that the last one says what is so. */
	renew(): Promise<void> {
		const turn = this.#writing.then(() => this.#write());
		this.#writing = turn.catch(() => undefined);
		return turn;
	}

	/**
	 * Whether no hub has a link to this run of the node. A hub whose own lease was broken a moment ago stood still or was
	 * cut off from the database, and perhaps so were the others: it does not judge until all had time to renew theirs.
	 * @param epoch of the run; any run where it is not given
	 */
	async isGone(nodeId: string, epoch?: number): Promise<boolean> {
		await this.renew();
		if (performance.now() - this.#unbrokenSince < LINKS_LEASE_MS) return false;
		const run = { nodeId, ...(epoch !== undefined && { epoch }) };
		const linked = await this.#records.findOne({
			$expr: { $gt: ['$expiresAt', '$$NOW'] },
			nodes: { $elemMatch: run },
		});
		return linked === null;
	}

	/** The nodes that any living hub has a link to; of each its newest run. */
	async all(): Promise<LinkedNode[]> {
		const records = await this.#records.find({ $expr: { $gt: ['$expiresAt', '$$NOW'] } }).toArray();
		const newest = new Map<string, LinkedNode>();
		for (const node of records.flatMap(({ nodes }) => nodes))
			if (node.epoch >= (newest.get(node.nodeId)?.epoch ?? 0)) newest.set(node.nodeId, node);
		return [...newest.values()];
	}

	/** A hub that stops has no links from now on. */
	async close(): Promise<void> {
		await this.#writing;
		await this.#records.deleteOne({ _id: this.#hub.hubId });
	}

	async #write(): Promise<void> {
		const nodes = [...this.#own.values()].map(
			({ nodeId, epoch, signalUrl, spanUrl, city, account: { people } }): LinkedNode => ({
				nodeId,
				epoch,
				signalUrl,
				spanUrl,
				city,
				people,
			}),
		);
		const began = performance.now();
		await this.#records.updateOne(
			{ _id: this.#hub.hubId },
			[{ $set: { nodes: { $literal: nodes }, expiresAt: { $add: ['$$NOW', LINKS_LEASE_MS] } } }],
			{ upsert: true },
		);
		if (began - this.#renewedAt > LINKS_LEASE_MS) this.#unbrokenSince = performance.now();
		this.#renewedAt = began;
	}
}

export const nodeLinks = perHub((hub) => new NodeLinks(hub));
