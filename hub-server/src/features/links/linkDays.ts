import { Schema, type Connection, type Model } from 'mongoose';
import { linkEvents } from '@counter-hub/shared/links/events.ts';
import { applyCall, applyMeasurement, type LinkDay } from '@counter-hub/shared/links/linkDay.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { idOf, type Projection, type ProjectionDocument } from '../timeline/types.ts';

/** The machine of two cities on one day; its name is the key of the document. */
export const LINK_DAY = 'linkDay';
export const linkDayKey = (pair: string, date: string): string => `${pair}~${date}`;

/** What was measured between two cities, a document for each day (L4). */
export const linkDays: Projection<LinkDay> = {
	name: 'link_days',
	form: 2,
	subjectKind: 'link',
	by: { machine: LINK_DAY },
	apply(day, event) {
		const { type, subject, data, version } = event;
		if (version === undefined) return day;
		const [pair, at] = [idOf(subject), event.at.toISOString()];
		if (type === 'link.measured')
			return applyMeasurement(day, pair, version, { ...linkEvents[type].parse(data), at });
		if (type === 'link.heard') return applyCall(day, pair, version, { ...linkEvents[type].parse(data), at });
		return day;
	},
};

export type LinkDayDocument = ProjectionDocument<LinkDay>;
const { Mixed } = Schema.Types;
/** Written by the timeline only. */
const schema = new Schema<LinkDayDocument>(
	{
		_id: { type: String, required: true },
		subject: String,
		seq: Number,
		version: Number,
		date: String,
		pair: String,
		last: Mixed,
		calls: Mixed,
		failures: Mixed,
		course: Mixed,
	},
	{ collection: linkDays.name, versionKey: false, id: false },
);
schema.index({ date: 1 });
schema.index({ pair: 1, date: -1 });

export const linkDayModel = (connection: Connection): Model<LinkDayDocument> =>
	modelOf<LinkDayDocument>(connection, 'LinkDay', schema);
