import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/** An address from which somebody has signed in under this name. */
export interface KnownPlaceRecord {
	/** Name and address, separated by a blank. */
	_id: string;
	expiresAt: Date;
}
const knownPlaceSchema = new Schema<KnownPlaceRecord>(
	{ _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
	{ collection: 'knownPlaces', versionKey: false },
);
knownPlaceSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Failed sign-ins under the name of a member of staff, for administrators. */
export interface FailuresRecord {
	/** The name. */
	_id: string;
	count: number;
	lastAt: Date;
	lastAddress: string;
	/** The latest time until which somebody must wait. */
	slowedUntil: Date | null;
	/** What was slowed, so that an administrator can lift it. */
	slowedKeys: string[];
	expiresAt: Date;
}
const failuresSchema = new Schema<FailuresRecord>(
	{
		_id: { type: String, required: true },
		count: { type: Number, required: true },
		lastAt: { type: Date, required: true },
		lastAddress: { type: String, default: '' },
		slowedUntil: { type: Date, default: null },
		slowedKeys: { type: [String], default: [] },
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'signInFailures', versionKey: false },
);
failuresSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const knownPlaceModel = (connection: Connection): Model<KnownPlaceRecord> =>
	modelOf<KnownPlaceRecord>(connection, 'KnownPlace', knownPlaceSchema);
export const failuresModel = (connection: Connection): Model<FailuresRecord> =>
	modelOf<FailuresRecord>(connection, 'SignInFailures', failuresSchema);
