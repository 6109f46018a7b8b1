import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/** Where a notice stands, by its public id; made by a job, and made anew from the timeline where it is lost. */
interface NoticePlace {
	/** The notice's public id. */
	_id: string;
	caseId: string;
	noticeId: string;
}

const schema = new Schema<NoticePlace>(
	{ _id: { type: String, required: true }, caseId: String, noticeId: String },
	{ collection: 'notice_places', versionKey: false },
);

export const noticePlaceModel = (connection: Connection): Model<NoticePlace> =>
	modelOf<NoticePlace>(connection, 'NoticePlace', schema);
