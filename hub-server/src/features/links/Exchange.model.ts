import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { MeasuredLink } from '@counter-hub/shared/links/measured.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** One of the two pages of an exchange. */
export interface ExchangeEnd {
	pageId: string;
	staffId: string;
	displayName: string;
	cityCode: CityCode;
	counterId: string;
	windowId: string | null;
}

/** Two pages that measure each other. What comes of it stands on the link's timeline; this is forgotten after a day. */
export interface ExchangeRecord {
	/** Also the room's id. */
	_id: string;
	/** In Asia/Shanghai, of the start. */
	date: string;
	/** In the order of their cities' codes. */
	ends: [ExchangeEnd, ExchangeEnd];
	/** `<counterId>~<counterId>`: two counters measure each other once at a time. */
	counters: string;
	/** `<pageId>/<n>`: so many exchanges a page is in at most, whichever hub began them. */
	slots: string[];
	state: 'running' | 'done' | 'brokenOff';
	/** Where the room stands. */
	nodeId: string;
	startedAt: Date;
	/** Then it is settled with what there is. */
	until: Date;
	/** Participants of whom a node has told that they were in the room. */
	joined: string[];
	/** What the first and the second end received. */
	reports: [MeasuredLink | null, MeasuredLink | null];
}

const { Mixed } = Schema.Types;
const schema = new Schema<ExchangeRecord>(
	{
		_id: { type: String, required: true },
		date: { type: String, required: true },
		ends: { type: Mixed, required: true },
		counters: { type: String, required: true },
		slots: { type: [String], required: true },
		state: { type: String, required: true },
		nodeId: { type: String, required: true },
		startedAt: { type: Date, required: true },
		until: { type: Date, required: true },
		joined: { type: [String], default: [] },
		reports: { type: Mixed, required: true },
	},
	{ collection: 'linkExchanges', versionKey: false, minimize: false },
);
const whileRunning = { unique: true, partialFilterExpression: { state: 'running' } };
schema.index({ slots: 1 }, { name: 'slots', ...whileRunning });
schema.index({ counters: 1 }, { name: 'counters', ...whileRunning });
schema.index({ state: 1, until: 1 });
schema.index({ startedAt: 1 }, { expireAfterSeconds: 86_400 });

export const exchangeModel = (connection: Connection): Model<ExchangeRecord> =>
	modelOf<ExchangeRecord>(connection, 'LinkExchange', schema);
