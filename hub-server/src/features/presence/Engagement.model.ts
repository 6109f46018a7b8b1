import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/**
 * A person who is busy with a session: one record a person, so that nobody is in two sessions, whichever hub is asked.
 * It follows the timeline and is released when the session ends.
 */
export interface EngagementRecord {
	/** The person's staff id. */
	_id: string;
	sessionId: string;
	phase: 'ringing' | 'inCall';
	/** The page that holds the call, and the sign-in that it was taken with. */
	pageId: string;
	signInId: string;
	since: Date;
}

const schema = new Schema<EngagementRecord>(
	{
		_id: { type: String, required: true },
		sessionId: { type: String, required: true },
		phase: { type: String, required: true },
		pageId: { type: String, required: true },
		signInId: { type: String, required: true },
		since: { type: Date, required: true },
	},
	{ collection: 'engagements', versionKey: false },
);
schema.index({ sessionId: 1 });

export const engagementModel = (connection: Connection): Model<EngagementRecord> =>
	modelOf<EngagementRecord>(connection, 'Engagement', schema);
