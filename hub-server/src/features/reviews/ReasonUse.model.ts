import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/** A reason that stood in a notice. */
interface ReasonUse {
	/** `<noticeId>:<material>:<place among its reasons>`: counted once, however often it is told. */
	_id: string;
	itemNo: number;
	materialNo: number;
	/** Whose counter gave it: what is frequent differs. */
	permitCounterId: string;
	text: string;
	at: Date;
}

const schema = new Schema<ReasonUse>(
	{
		_id: { type: String, required: true },
		itemNo: Number,
		materialNo: Number,
		permitCounterId: String,
		text: String,
		at: Date,
	},
	{ collection: 'reason_uses', versionKey: false },
);
schema.index({ permitCounterId: 1, itemNo: 1, at: -1 });

export const reasonUseModel = (connection: Connection): Model<ReasonUse> =>
	modelOf<ReasonUse>(connection, 'ReasonUse', schema);
