import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** A page of a checked window that may be measured now. A lease: what is not renewed is gone. */
export interface LinkEndRecord {
	/** The page's id. */
	_id: string;
	/** Guards against the late farewell of an earlier socket of the same page. */
	socketId: string;
	staffId: string;
	displayName: string;
	cityCode: CityCode;
	counterId: string;
	windowId: string | null;
	expiresAt: Date;
}

const schema = new Schema<LinkEndRecord>(
	{
		_id: { type: String, required: true },
		socketId: { type: String, required: true },
		staffId: { type: String, required: true },
		displayName: { type: String, required: true },
		cityCode: { type: String, required: true },
		counterId: { type: String, required: true },
		windowId: { type: String, default: null },
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'linkEnds', versionKey: false },
);
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const linkEndModel = (connection: Connection): Model<LinkEndRecord> =>
	modelOf<LinkEndRecord>(connection, 'LinkEnd', schema);
