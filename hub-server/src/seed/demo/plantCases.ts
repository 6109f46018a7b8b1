import { Schema, type Connection, type Model } from 'mongoose';
import { subjectOfCase } from '@counter-hub/shared/timeline/events.ts';
import { caseOpenings } from '../../features/cases/CaseOpenings.ts';
import { personStore } from '../../features/persons/PersonStore.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import { Timelines } from '../../features/timeline/Timelines.ts';
import type { HubContext } from '../../HubContext.ts';
import { Metrics } from '../../platform/metrics.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { stableId } from '../stableId.ts';
import { demoCases, numbersOf, type DemoCase } from './demoCases.ts';

/** That the demo's cases were written, and for which moment: a run that was cut short is completed by the next. */
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

/** Cases written side by side; each writer has a clock of its own. */
const WRITERS = 16;

/** Writes the demo's cases through the timeline, at the times of their stories. Once: a second run finds them done. */
export async function plantCases(hub: HubContext): Promise<void> {
	const seeds = seedModel(hub.connection);
	const record = await seeds
		.findOneAndUpdate(
			{ _id: 'demo-cases' },
			{ $setOnInsert: { now: new Date(hub.now()), finishedAt: null } },
			{ upsert: true, returnDocument: 'after' },
		)
		.orFail()
		.lean();
	if (record.finishedAt) return;
	const cases = demoCases(record.now.getTime());
	await personStore(hub).add(
		cases.map(({ person }) => ({ ...person, demo: true })),
		record.now,
	);
	await caseOpenings(hub).reserve(numbersOf(cases));
	const waiting = [...cases].sort((a, b) => b.events.length - a.events.length);
	await Promise.all(Array.from({ length: WRITERS }, () => write(hub, waiting)));
	await timeline(hub).start();
	await seeds.updateOne({ _id: 'demo-cases' }, { finishedAt: new Date() });
}

async function write(hub: HubContext, waiting: DemoCase[]): Promise<void> {
	let now = 0;
	const { connection, logger } = hub;
	const writer = new Timelines({ connection, logger, metrics: new Metrics(), now: () => now });
	for (let next = waiting.shift(); next; next = waiting.shift()) {
		const subject = subjectOfCase(next.id);
		for (const [index, { at, draft }] of next.events.entries()) {
			now = at;
			const commandId = stableId(`${next.name}/command/${index}`);
			await writer.append({ subject, commandId, decide: () => [draft] });
		}
	}
	await writer.close();
}
