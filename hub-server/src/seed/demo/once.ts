import { Schema, type Connection, type Model } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import { modelOf } from '../../platform/modelOf.ts';

/** That a part of the demo was written, and for which moment: a run that was cut short is completed by the next. */
interface SeedRecord {
	_id: string;
	now: Date;
	finishedAt: Date | null;
}
const seedSchema = new Schema<SeedRecord>(
	{
		_id: { type: String, required: true },
		now: { type: Date, required: true },
		finishedAt: { type: Date, default: null },
	},
	{ collection: 'seeds', versionKey: false },
);
const seedModel = (connection: Connection): Model<SeedRecord> =>
	modelOf<SeedRecord>(connection, 'Seed', seedSchema);

/** Plants a part of the demo unless it was finished before; until then always for the moment of the first try. */
export async function once(
	hub: HubContext,
	part: string,
	plant: (now: Date) => Promise<void>,
): Promise<void> {
	const seeds = seedModel(hub.connection);
	const record = await seeds
		.findOneAndUpdate(
			{ _id: part },
			{ $setOnInsert: { now: new Date(hub.now()), finishedAt: null } },
			{ upsert: true, returnDocument: 'after' },
		)
		.orFail()
		.lean();
	if (record.finishedAt) return;
	await plant(record.now);
	await seeds.updateOne({ _id: part }, { finishedAt: new Date() });
}
