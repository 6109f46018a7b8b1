import { Schema, type Connection, type Model } from 'mongoose';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { caseOpenings } from '../../features/cases/CaseOpenings.ts';
import { personStore } from '../../features/persons/PersonStore.ts';
import { timeline } from '../../features/timeline/timeline.ts';
import { Timelines } from '../../features/timeline/Timelines.ts';
import type { Feature, HubContext } from '../../HubContext.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { modelOf } from '../../platform/modelOf.ts';
import { stableId } from '../stableId.ts';
import type { ScriptedEvent } from './CaseScript.ts';
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

/** Writes the demo's cases through the timeline, at the times of their stories. Once: a second run finds them done. */
export async function plantCases(hub: HubContext, features: readonly Feature[]): Promise<void> {
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
	await write(hub, cases, (event) =>
		'draft' in event
			? [event.draft]
			: features.flatMap(({ demo }) => demo?.remark?.(event.remark, event.by) ?? []),
	);
	await timeline(hub).start();
	await seeds.updateOne({ _id: 'demo-cases' }, { finishedAt: new Date() });
}

/**
 * Appends everything in the order of time, by a writer whose clock is that of the stories: commands are decided one
 * after the other, so each sets the clock for the next. All are waiting at once, and so go in by the hundred.
 */
async function write(
	hub: HubContext,
	cases: readonly DemoCase[],
	draftsOf: (event: ScriptedEvent) => readonly EventDraft[],
): Promise<void> {
	const steps = cases
		.flatMap(({ id, name, events }) =>
			events.map((event, index) => ({
				subject: subjectOfCase(id),
				commandId: stableId(`${name}/command/${index}`),
				at: event.at,
				drafts: draftsOf(event),
			})),
		)
		.sort((a, b) => a.at - b.at);
	let now = steps[0]?.at ?? 0;
	const { connection, logger } = hub;
	const writer = new Timelines({ connection, logger, metrics: new Metrics(), now: () => now });
	await Promise.all(
		steps.map(({ subject, commandId, drafts }, index) =>
			writer.append({
				subject,
				commandId,
				decide: () => {
					now = steps[index + 1]?.at ?? now;
					return drafts;
				},
			}),
		),
	);
	await writer.close();
}
