import { Schema, type Model } from 'mongoose';
import type { EventStore } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import type { TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';
import type { Connection } from '@counter-hub/hub-server/platform/mongo.ts';
import { newSubjects, noteDocument } from './sampleEvents.ts';

const WRITE = { writeConcern: { w: 'majority', journal: true } } as const;

/** Inserts per second of 64 documents at a time, one batch after the other, as fast as the driver goes. */
export async function insertMany64(events: EventStore['events'], ms: number): Promise<number> {
	const subjects = newSubjects(64);
	const started = performance.now();
	let seq = 0;
	while (performance.now() - started < ms) {
		seq++;
		await events.insertMany(
			subjects.map((subject) => noteDocument(subject, seq)),
			{ ...WRITE, ordered: true },
		);
	}
	return (seq * 64_000) / (performance.now() - started);
}

/** Inserts per second of one writer. */
export async function insertOne(events: EventStore['events'], ms: number): Promise<number> {
	const [subject = ''] = newSubjects(1);
	const started = performance.now();
	let seq = 0;
	while (performance.now() - started < ms) await events.insertOne(noteDocument(subject, ++seq), WRITE);
	return (seq * 1000) / (performance.now() - started);
}

/** The same documents as a Mongoose model over the same collection; the connection sets the write concern. */
export function eventModel(connection: Connection): Model<TimelineEvent> {
	const text = { type: String, required: true };
	const schema = new Schema<TimelineEvent>(
		{
			subject: text,
			seq: { type: Number, required: true },
			at: { type: Date, required: true },
			type: text,
			actor: { type: Schema.Types.Mixed, required: true },
			commandId: text,
			about: Schema.Types.Mixed,
			machine: String,
			version: Number,
			data: { type: Schema.Types.Mixed, required: true },
			prevHash: text,
			hash: text,
		},
		{ collection: 'baseline_events', versionKey: false },
	);
	return connection.model<TimelineEvent>('BaselineEvent', schema);
}

/** Documents per second of 64 writers that each create one after the other. */
export async function create64(model: Model<TimelineEvent>, ms: number): Promise<number> {
	const started = performance.now();
	let made = 0;
	await Promise.all(
		newSubjects(64).map(async (subject) => {
			for (let seq = 1; performance.now() - started < ms; seq++) {
				await model.create(noteDocument(subject, seq));
				made++;
			}
		}),
	);
	return (made * 1000) / (performance.now() - started);
}
