import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/** What counts of one round of a case's review; the same event makes the same document, however often it is handled. */
export interface ReviewFigure {
	/** `<caseId>:<round>`. */
	_id: string;
	/** The counter that reviewed. */
	counterId: string;
	/** On which the round ended, in Asia/Shanghai. */
	day: string;
	/** 1 is the first. */
	round: number;
	isPassed: boolean;
}

const schema = new Schema<ReviewFigure>(
	{
		_id: { type: String, required: true },
		counterId: String,
		day: String,
		round: Number,
		isPassed: Boolean,
	},
	{ collection: 'review_figures', versionKey: false },
);
schema.index({ day: 1, counterId: 1 });

export const reviewFigureModel = (connection: Connection): Model<ReviewFigure> =>
	modelOf<ReviewFigure>(connection, 'ReviewFigure', schema);
