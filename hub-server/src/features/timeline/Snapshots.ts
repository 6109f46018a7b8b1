import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { LRUCache } from 'lru-cache';
import { TIMELINE_HEADS_CACHED, TIMELINE_MEMORY } from '../../limits.ts';
import type { EventStore } from './EventStore.ts';
import { draftOfToday } from './indexMachines.ts';
import { keyFor, stateName, type ProjectionStore } from './ProjectionStore.ts';
import { partOf, sealEvents, timeAfter, type Head } from './sealEvents.ts';
import { idOf, type Projection, type Read, type TimelineEvent } from './types.ts';

/** A timeline as a decision sees it: where it ends, and the states that were asked for, all at that place. */
export interface Snapshot {
	readonly head: Head | undefined;
	readonly states: ReadonlyMap<string, FoldedState>;
}
interface FoldedState {
	projection: Projection;
	key: string;
	state: object | undefined;
}

const NO_STATES: ReadonlyMap<string, FoldedState> = new Map();
/** A timeline keeps the states that its last commands read; of long-lived cases with many sessions, the last few. */
const STATES_PER_TIMELINE = 8;

/** `[projection, key]` of a read; a projection by subject needs no key. */
export function readKey(subject: string, read: Read): readonly [Projection, string] {
	return 'name' in read ? [read, idOf(subject)] : read;
}

export const hasReads = ({ states }: Snapshot, subject: string, reads: readonly Read[] = []): boolean =>
	reads.every((read) => states.has(stateName(...readKey(subject, read))));

/** The snapshot after one more event. */
export function advance(snapshot: Snapshot, event: TimelineEvent): Snapshot {
	const head = { seq: event.seq, at: event.at, hash: event.hash };
	if (snapshot.states.size === 0) return { head, states: NO_STATES };
	const states = new Map(snapshot.states);
	for (const [name, folded] of states) {
		if (keyFor(folded.projection, event) !== folded.key) continue;
		states.set(name, { ...folded, state: folded.projection.apply(folded.state, event) });
	}
	return { head, states };
}

/** Snapshots in memory, and how they are made from the database. */
export class Snapshots {
	readonly #cache = new LRUCache<string, Snapshot>({ max: TIMELINE_HEADS_CACHED, ...TIMELINE_MEMORY });
	readonly #events: EventStore;
	readonly #projections: ProjectionStore;
	readonly #now: () => number;
	readonly #completed: (events: readonly TimelineEvent[]) => void;

	/** @param completed told of events that were appended to complete a command which its hub left half-way */
	constructor(
		events: EventStore,
		projections: ProjectionStore,
		now: () => number,
		completed: (events: readonly TimelineEvent[]) => void,
	) {
		this.#events = events;
		this.#projections = projections;
		this.#now = now;
		this.#completed = completed;
	}

	/** The one in memory, if it has what is to be read. Another hub may have appended since: the database will tell. */
	get(subject: string, reads: readonly Read[] = []): Snapshot | undefined {
		const snapshot = this.#cache.get(subject);
		return snapshot && hasReads(snapshot, subject, reads) ? snapshot : undefined;
	}

	set(subject: string, snapshot: Snapshot): void {
		this.#cache.set(subject, snapshot);
	}

	/** Of timelines that are at rest. */
	forgetIdle(): void {
		this.#cache.purgeStale();
	}

	forget(subject: string): void {
		this.#cache.delete(subject);
	}

	/** From the database. A command that was left half-way is completed first. */
	async load(subject: string, reads: readonly Read[]): Promise<Snapshot> {
		const head = await this.#completeHead(subject);
		const cached = this.#cache.get(subject);
		const kept = cached && head && cached.head?.hash === head.hash ? [...cached.states] : [];
		const states = new Map(kept.slice(-STATES_PER_TIMELINE));
		const folded = await Promise.all(
			reads.map(async (read) => {
				const [projection, key] = readKey(subject, read);
				// Where nothing has happened yet, a machine of another timeline may have a state all the same.
				const found =
					head || projection.by !== 'subject'
						? await this.#projections.read(projection, key, { subject, seq: head?.seq ?? 0 })
						: { state: undefined, seq: 0 };
				return { projection, key, ...found };
			}),
		);
		// A document is newer than the head: somebody appended meanwhile.
		if (head && folded.some(({ seq }) => seq > head.seq)) return this.load(subject, reads);
		for (const { projection, key, state } of folded) {
			const name = stateName(projection, key);
			states.delete(name);
			states.set(name, { projection, key, state });
		}
		const snapshot = { head, states: states.size === 0 ? NO_STATES : states };
		this.#cache.set(subject, snapshot);
		return snapshot;
	}

	async #completeHead(subject: string): Promise<Head | undefined> {
		for (;;) {
			const head = await this.#events.head(subject);
			if (!head) return undefined;
			if (!head.rest || head.rest.length === 0) return { seq: head.seq, at: head.at, hash: head.hash };
			const { commandId, index } = partOf(head.commandId);
			const drafts = head.rest.map(draftOfToday) as EventDraft[];
			const events = sealEvents(subject, head, commandId, drafts, timeAfter(head, this.#now()), {
				first: index + 1,
			});
			const outcome = await this.#events.insert(events);
			if (outcome.kind === 'all') this.#completed(events);
			else if (outcome.kind === 'unknown' || !outcome.duplicate) throw outcome.error;
		}
	}
}
