import type { EventType } from '@counter-hub/shared/timeline/events.ts';
import { mongo } from 'mongoose';
import { TIMELINE_PAGE_MAX } from '../../limits.ts';
import { isDuplicateKey, type Connection } from '../../platform/mongo.ts';
import type { Source } from '../../platform/stream/Source.ts';
import { indexMachines } from './indexMachines.ts';
import { partOf, type Head } from './sealEvents.ts';
import type { EventPage, StoredEvent, TimelineEvent } from './types.ts';

export const EVENTS = 'timeline_events';
const WRITE = {
	ordered: true,
	writeConcern: { w: 'majority', journal: true },
	ignoreUndefined: true,
} as const;
const newestFirst = { hint: 'place', sort: { seq: -1 } } as const;
const plain = { projection: { _id: 0 } } as const;

/** A subject and its last sequence number. */
interface HeadNumber {
	_id: string;
	seq: number;
}

/** What became of an ordered batch. */
export type InsertOutcome =
	| { kind: 'all' }
	/** Those before `index` went in; this one was refused; those after it were not tried. */
	| { kind: 'stopped'; index: number; duplicate: boolean; error: unknown }
	/** Nobody knows: ask for the commands. */
	| { kind: 'unknown'; error: unknown };

/** The events in MongoDB, by the native driver. Nothing here decides; only the appender writes. */
export class EventStore {
	readonly events: mongo.Collection<TimelineEvent>;
	readonly #stored: mongo.Collection<StoredEvent>;

	constructor(connection: Connection) {
		if (!connection.db) throw new Error('the connection is not open');
		this.events = connection.db.collection<TimelineEvent>(EVENTS);
		this.#stored = connection.db.collection<StoredEvent>(EVENTS);
	}

	async ensureIndexes(): Promise<void> {
		await indexMachines(this.#stored);
		await this.events.createIndexes([
			{ key: { subject: 1, seq: 1 }, name: 'place', unique: true },
			{ key: { subject: 1, commandId: 1 }, name: 'command', unique: true },
			{
				key: { machine: 1, version: 1 },
				name: 'machine',
				unique: true,
				partialFilterExpression: { machine: { $exists: true } },
			},
		]);
	}

	/** All events, or those of one kind of subject, or of some types, as listeners and jobs follow them. */
	source(kind?: string, types?: readonly EventType[]): Source<TimelineEvent> {
		return {
			collection: this.events,
			filter: {
				// `;` sorts right after `:`.
				...(kind !== undefined && { subject: { $gte: `${kind}:`, $lt: `${kind};` } }),
				...(types && { type: { $in: types } }),
			},
			place: ({ subject, seq }) => ({ subject, seq }),
			order: { subject: 'subject', seq: 'seq' },
		};
	}

	/** Never throws. */
	async insert(events: readonly TimelineEvent[]): Promise<InsertOutcome> {
		try {
			// Copies, because the driver adds `_id` to what it is given.
			await this.events.insertMany(
				events.map((event) => ({ ...event })),
				WRITE,
			);
			return { kind: 'all' };
		} catch (error) {
			return outcomeOf(error);
		}
	}

	head(subject: string): Promise<(Head & Pick<TimelineEvent, 'rest' | 'commandId'>) | null> {
		return this.events.findOne(
			{ subject },
			{ ...newestFirst, projection: { _id: 0, seq: 1, at: 1, hash: 1, rest: 1, commandId: 1 } },
		);
	}

	/** Last sequence numbers; subjects without events are left out. */
	async heads(subjects: readonly string[]): Promise<Map<string, number>> {
		const found = await this.headsOf(subjects).toArray();
		return new Map(found.map(({ _id, seq }) => [_id, seq]));
	}

	/** Every timeline with its last sequence number. */
	allHeads(): mongo.AggregationCursor<HeadNumber> {
		return this.#headsWhere([]);
	}

	headsOf(subjects: readonly string[]): mongo.AggregationCursor<HeadNumber> {
		return this.#headsWhere([{ $match: { subject: { $in: [...subjects] } } }]);
	}

	/** Walks the index from subject to subject, not over the events. */
	#headsWhere(match: object[]): mongo.AggregationCursor<HeadNumber> {
		return this.events.aggregate<HeadNumber>(
			[
				...match,
				{ $sort: { subject: -1, seq: -1 } },
				{ $group: { _id: '$subject', seq: { $first: '$seq' } } },
			],
			{ allowDiskUse: true },
		);
	}

	/** Events of one command, in order; empty if it was never carried out. */
	async ofCommand(subject: string, commandId: string): Promise<TimelineEvent[]> {
		const found = await this.events
			.find({ subject, commandId: { $gte: commandId, $lt: `${commandId},` } }, plain)
			.toArray();
		return found.sort((a, b) => a.seq - b.seq);
	}

	/** Events of several commands at once, by `subject command`. */
	async ofCommands(commands: readonly { subject: string; commandId: string }[]): Promise<Set<string>> {
		const found = await this.events
			.find(
				{
					subject: { $in: [...new Set(commands.map(({ subject }) => subject))] },
					commandId: { $in: [...new Set(commands.map(({ commandId }) => commandId))] },
				},
				{ projection: { _id: 0, subject: 1, commandId: 1 } },
			)
			.toArray();
		return new Set(found.map((event) => `${event.subject} ${partOf(event.commandId).commandId}`));
	}

	/** Ascending, from `after` (exclusive) to `upTo` (inclusive). */
	after(subject: string, after: number, upTo = Number.MAX_SAFE_INTEGER): mongo.FindCursor<TimelineEvent> {
		const filter = { subject, seq: { $gt: after, $lte: upTo } };
		return this.events.find(filter, { ...plain, hint: 'place', sort: { seq: 1 } });
	}

	/** All events as they lie there, or those of one timeline, one timeline after the other in the order of the index. */
	walk(subject?: string): mongo.FindCursor<StoredEvent> {
		const filter = subject === undefined ? {} : { subject };
		return this.#stored.find(filter, { ...plain, hint: 'place', sort: { subject: 1, seq: 1 } });
	}

	/** Events that moved a state machine past a version, in order. */
	ofMachine(machine: string, version: number): Promise<TimelineEvent[]> {
		return this.events
			.find({ machine, version: { $gt: version } }, { ...plain, hint: 'machine', sort: { version: 1 } })
			.toArray();
	}

	/**
	 * One page by key; without `after` and `before` the newest. The index gives the order, so a deep page costs what
	 * the first one does.
	 * @param query limit 1–200
	 */
	async page(subject: string, query: PageQuery): Promise<EventPage> {
		const size = pageSize(query.limit);
		const [found, last] = await Promise.all([
			this.pageCursor(subject, query).toArray(),
			this.events.findOne({ subject }, { ...newestFirst, projection: { _id: 0, seq: 1 } }),
		]);
		const events = found.slice(0, size);
		if (query.after === undefined) events.reverse();
		const head = Math.max(last?.seq ?? 0, events.at(-1)?.seq ?? 0);
		return { events, head, more: found.length > size };
	}

	/** The events of a page and one more, going forward from `after`, or else backward. */
	pageCursor(subject: string, { after, before, type, limit }: PageQuery): mongo.FindCursor<TimelineEvent> {
		const seq = {
			...(after !== undefined && { $gt: after }),
			...(before !== undefined && { $lt: before }),
		};
		const filter = {
			subject,
			...(Object.keys(seq).length > 0 && { seq }),
			...(type !== undefined && { type }),
		};
		return this.events
			.find(filter, { ...plain, hint: 'place', sort: { seq: after === undefined ? -1 : 1 } })
			.limit(pageSize(limit) + 1);
	}
}

export interface PageQuery {
	after?: number | undefined;
	before?: number | undefined;
	/** Only events of this type; the others are passed over. */
	type?: EventType | undefined;
	limit: number;
}

const pageSize = (limit: number) => Math.max(1, Math.min(limit, TIMELINE_PAGE_MAX));

function outcomeOf(error: unknown): InsertOutcome {
	if (!(error instanceof mongo.MongoBulkWriteError)) return { kind: 'unknown', error };
	const [first] = [error.writeErrors].flat();
	// Without the majority's word even those that went in are not sure.
	if (!first || error.result.getWriteConcernError()) return { kind: 'unknown', error };
	return { kind: 'stopped', index: first.index, duplicate: isDuplicateKey(error), error };
}
