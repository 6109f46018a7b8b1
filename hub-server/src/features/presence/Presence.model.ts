import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/** One open page of a clerk or approver. A lease: where a hub dies, nobody renews it and the page is gone. */
export interface PresenceRecord {
	/** The page's id. */
	_id: string;
	/** Guards against the late farewell of an earlier socket of the same page. */
	socketId: string;
	staffId: string;
	role: 'clerk' | 'approver';
	counterId: string;
	windowId: string | null;
	since: Date;
	expiresAt: Date;
}

const schema = new Schema<PresenceRecord>(
	{
		_id: { type: String, required: true },
		socketId: { type: String, required: true },
		staffId: { type: String, required: true },
		role: { type: String, required: true },
		counterId: { type: String, required: true },
		windowId: { type: String, default: null },
		since: { type: Date, required: true },
		expiresAt: { type: Date, required: true },
	},
	{ collection: 'presences', versionKey: false },
);
schema.index({ counterId: 1, expiresAt: 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const presenceModel = (connection: Connection): Model<PresenceRecord> =>
	modelOf<PresenceRecord>(connection, 'Presence', schema);
