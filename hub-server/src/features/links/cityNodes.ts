import { Schema, trusted, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { nodeLinks } from '../media-nodes/NodeLinks.ts';
import { NODE_KNOWN_MS } from './linkTimes.ts';

/** A media node of a city that was there not long ago: its absence is trouble, not nobody's plan. */
interface CityNodeRecord {
	/** The node's id. */
	_id: string;
	cityCode: CityCode;
	seenAt: Date;
}

const schema = new Schema<CityNodeRecord>(
	{
		_id: { type: String, required: true },
		cityCode: { type: String, required: true },
		seenAt: { type: Date, required: true },
	},
	{ collection: 'cityNodes', versionKey: false },
);
schema.index({ seenAt: 1 }, { expireAfterSeconds: NODE_KNOWN_MS / 1000 });

export const cityNodeModel = (connection: Connection): Model<CityNodeRecord> =>
	modelOf<CityNodeRecord>(connection, 'CityNode', schema);

/** The media nodes of a city: how many are known, how many are there, and since when the last of them is away. */
export interface NodesOfCity {
	known: number;
	there: number;
	awaySince: number | null;
}

/** Notes which nodes are there. Any hub may do it, as often as it likes. */
export async function seeCityNodes(hub: HubContext): Promise<void> {
	const nodes = (await nodeLinks(hub).all()).flatMap(({ nodeId, city }) => (city ? [{ nodeId, city }] : []));
	if (nodes.length === 0) return;
	const seenAt = new Date(hub.now());
	await cityNodeModel(hub.connection).bulkWrite(
		nodes.map(({ nodeId, city }) => ({
			updateOne: { filter: { _id: nodeId }, update: { $set: { cityCode: city, seenAt } }, upsert: true },
		})),
		{ ordered: false },
	);
}

/** Cities that have no node of their own are not in it. */
export async function nodesOfCities(hub: HubContext): Promise<Map<CityCode, NodesOfCity>> {
	const since = new Date(hub.now() - NODE_KNOWN_MS);
	const [known, linked] = await Promise.all([
		cityNodeModel(hub.connection)
			.find({ seenAt: trusted({ $gt: since }) })
			.lean(),
		nodeLinks(hub).all(),
	]);
	const there = new Set(linked.map(({ nodeId }) => nodeId));
	const cities = new Map<CityCode, NodesOfCity>();
	for (const { _id, cityCode, seenAt } of known) {
		const city = cities.get(cityCode) ?? { known: 0, there: 0, awaySince: null };
		const isThere = there.has(_id);
		cities.set(cityCode, {
			known: city.known + 1,
			there: city.there + (isThere ? 1 : 0),
			awaySince: Math.max(city.awaySince ?? 0, seenAt.getTime()),
		});
	}
	for (const city of cities.values()) if (city.there > 0) city.awaySince = null;
	return cities;
}
