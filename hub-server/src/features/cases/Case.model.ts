import { Schema, type Connection, type Model } from 'mongoose';
import type { ProjectionDocument } from '../timeline/types.ts';
import type { CaseFold } from './caseProjection.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** A case as the projection stores it; read here, written by the timeline only. */
export type CaseDocument = ProjectionDocument<CaseFold>;

const sessionSchema = new Schema(
	{
		id: String,
		state: String,
		requestedAt: Date,
		answeredAt: Date,
		endedAt: Date,
		outcome: String,
		conclusion: String,
	},
	{ _id: false, id: false },
);
const schema = new Schema<CaseDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		caseNo: String,
		itemNo: Number,
		enterpriseName: String,
		enterpriseSearch: String,
		uscc: String,
		usccWarning: Boolean,
		personId: String,
		originCity: String,
		originCounterId: String,
		permitCity: String,
		permitCounterId: String,
		demo: Boolean,
		state: String,
		openedAt: Date,
		updatedAt: Date,
		openedBy: String,
		counters: [String],
		cities: [String],
		staff: [String],
		sessions: [sessionSchema],
	},
	{ collection: 'cases', versionKey: false },
);
// Ids sort by the time of opening, so each index gives the order of the list as well. What the text filter matches
// stands in the indexes, so that only cases that match are fetched.
const listed = { enterpriseSearch: 1, caseNo: 1, uscc: 1, itemNo: 1 } as const;
schema.index({ counters: 1, _id: -1, ...listed }, { name: 'counterSearch' });
schema.index({ counters: 1, state: 1, _id: -1 }, { name: 'counterState' });
schema.index({ cities: 1, _id: -1, ...listed }, { name: 'citySearch' });
schema.index({ cities: 1, state: 1, _id: -1 }, { name: 'cityState' });
schema.index({ staff: 1, _id: -1 }, { name: 'staff' });
schema.index({ personId: 1 }, { name: 'person' });
schema.index({ caseNo: 1 }, { name: 'caseNo', unique: true });

export const caseModel = (connection: Connection): Model<CaseDocument> =>
	modelOf<CaseDocument>(connection, 'Case', schema);
