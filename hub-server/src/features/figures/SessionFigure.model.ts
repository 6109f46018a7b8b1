import { Schema, type Connection, type Model } from 'mongoose';
import { modelOf } from '../../platform/modelOf.ts';

/**
 * What counts of one session. The events of a session set different fields, each to what the event says: it does not
 * matter how often, or in which order, they are handled.
 */
export interface SessionFigure {
	/** The session's id. */
	_id: string;
	/** The counter that was called. */
	counterId?: string;
	/** Of the request, in Asia/Shanghai. */
	day?: string;
	requestedAt?: Date;
	answeredAt?: Date;
	isMissed?: boolean;
}

const schema = new Schema<SessionFigure>(
	{
		_id: { type: String, required: true },
		counterId: String,
		day: String,
		requestedAt: Date,
		answeredAt: Date,
		isMissed: Boolean,
	},
	{ collection: 'session_figures', versionKey: false },
);
schema.index({ day: 1, counterId: 1 });

export const sessionFigureModel = (connection: Connection): Model<SessionFigure> =>
	modelOf<SessionFigure>(connection, 'SessionFigure', schema);
