import { session } from '@counter-hub/shared/sessions/Session.ts';
import { Schema, type Connection, type Model } from 'mongoose';
import type { ProjectionDocument } from '../timeline/types.ts';
import type { SessionRecord } from './sessionProjections.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** A session as the projection stores it; read here, written by the timeline only. Dates are ISO strings. */
export type SessionDocument = ProjectionDocument<SessionRecord>;

/** Written by the timeline only, which has made it of parsed events: nothing is cast here. */
const fields = Object.fromEntries(Object.keys(session.shape).map((field) => [field, Schema.Types.Mixed]));
const schema = new Schema<SessionDocument>(
	{ ...fields, _id: { type: String, required: true }, subject: String, seq: Number, caseId: String },
	{ collection: 'sessions', versionKey: false, id: false },
);
schema.index(
	{ state: 1, requestedAt: 1 },
	{ name: 'requested', partialFilterExpression: { state: 'requested' } },
);
schema.index({ state: 1, ringUntil: 1 }, { name: 'ringing', partialFilterExpression: { state: 'ringing' } });
schema.index(
	{ state: 1, abandonAt: 1, nodeId: 1 },
	{ name: 'active', partialFilterExpression: { state: 'active' } },
);
schema.index({ toCounterId: 1, outcome: 1, requestedAt: -1, _id: -1 }, { name: 'missedByTime' });
schema.index({ callsBack: 1 }, { name: 'callsBack', sparse: true });

export const sessionModel = (connection: Connection): Model<SessionDocument> =>
	modelOf<SessionDocument>(connection, 'Session', schema);
