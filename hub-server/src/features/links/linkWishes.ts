import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { pairOf } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { HubContext } from '../../HubContext.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { linkNews } from './linkNews.ts';

/** Somebody wants the links of two cities measured anew; it holds until that has been done. */
interface LinkWishRecord {
	/** The pair of cities. */
	_id: string;
	at: Date;
}

const schema = new Schema<LinkWishRecord>(
	{ _id: { type: String, required: true }, at: { type: Date, required: true } },
	{ collection: 'linkWishes', versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: 86_400 });

export const linkWishModel = (connection: Connection): Model<LinkWishRecord> =>
	modelOf<LinkWishRecord>(connection, 'LinkWish', schema);

export async function wishLink(hub: HubContext, one: CityCode, other: CityCode): Promise<void> {
	await linkWishModel(hub.connection).updateOne(
		{ _id: pairOf(one, other) },
		{ $max: { at: new Date(hub.now()) } },
		{ upsert: true },
	);
	linkNews(hub).tell();
}
