import { Schema, type Connection, type Model } from 'mongoose';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { CounterView, WindowView } from '@counter-hub/shared/people/people.ts';
import { pendingActs, type PendingAct } from '../people/registerActs.ts';
import { modelOf } from '../../platform/modelOf.ts';

export interface WindowRecord {
	_id: string;
	number: number;
	open: boolean;
	version: number;
	/** The command that added it; windows that came with their counter have none. */
	commandId?: string;
}

/** A counter 专窗 with its centre and windows as stored; a counter has few windows, so they live inside it. */
export interface CounterRecord {
	_id: string;
	cityCode: CityCode;
	name: string;
	centreName: string;
	managingBody: string;
	managingPerson: string;
	address: string;
	phone: string;
	windows: WindowRecord[];
	version: number;
	/** The command that made it; those of the seed have none. */
	commandId?: string;
	pendingActs: PendingAct[];
}

const windowSchema = new Schema<WindowRecord>({
	_id: { type: String, required: true },
	number: { type: Number, required: true },
	open: { type: Boolean, default: true },
	version: { type: Number, default: 1 },
	commandId: { type: String },
});
const schema = new Schema<CounterRecord>(
	{
		_id: { type: String, required: true },
		cityCode: { type: String, required: true },
		name: { type: String, required: true },
		centreName: { type: String, required: true },
		managingBody: { type: String, default: '' },
		managingPerson: { type: String, default: '' },
		address: { type: String, default: '' },
		phone: { type: String, default: '' },
		windows: { type: [windowSchema], default: [] },
		version: { type: Number, default: 1 },
		commandId: { type: String },
		pendingActs,
	},
	{ collection: 'counters', versionKey: false },
);
schema.index({ cityCode: 1, name: 1 }, { unique: true });
schema.index({ commandId: 1 }, { unique: true, sparse: true });
schema.index({ 'pendingActs.commandId': 1 }, { sparse: true });

export const counterModel = (connection: Connection): Model<CounterRecord> =>
	modelOf<CounterRecord>(connection, 'Counter', schema);

const windowViewOf = (window: WindowRecord): WindowView => ({
	id: window._id,
	number: window.number,
	open: window.open,
	version: window.version,
});

export function counterViewOf(counter: CounterRecord): CounterView {
	return {
		id: counter._id,
		cityCode: counter.cityCode,
		name: counter.name,
		centreName: counter.centreName,
		managingBody: counter.managingBody,
		managingPerson: counter.managingPerson,
		address: counter.address,
		phone: counter.phone,
		windows: counter.windows.map(windowViewOf).sort((a, b) => a.number - b.number),
		version: counter.version,
	};
}
