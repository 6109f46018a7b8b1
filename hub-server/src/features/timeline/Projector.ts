import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import {
	PROJECTION_EVENTS_HELD,
	PROJECTION_PATIENCE,
	PROJECTION_RETRY_PAUSE,
	PROJECTION_ROUND_PAUSE,
	PROJECTION_ROUND_SUBJECTS,
	PROJECTION_STATES_CACHED,
	TIMELINE_MEMORY,
} from '../../limits.ts';
import type { Logger } from '@counter-hub/shared/server/logger.ts';
import type { EventStore } from './EventStore.ts';
import {
	documentOf,
	keyFor,
	stateName,
	stateOf,
	type Pace,
	type ProjectionStore,
} from './ProjectionStore.ts';
import { kindOf, type Projection, type ProjectionDocument, type TimelineEvent } from './types.ts';

/** What was written last for a timeline; from here the next events go on. */
interface Projected {
	seq: number;
	/** By `stateName`; a state that is missing here is read from its document. */
	states: Map<string, { state: object | undefined; seq: number }>;
}
/** One timeline of a round. */
interface Work {
	subject: string;
	events: readonly TimelineEvent[];
	base: Projected;
}

/** Somebody who waits: the timelines, each with the first round whose success counts. */
interface Flush {
	due: Map<string, number>;
	pace: Pace;
	done: () => void;
}

/** Documents of a timeline that are remembered between rounds. */
const STATES_PER_TIMELINE = 8;

/**
 * Writes projections after the acknowledgement: several events of one timeline become one write, several timelines one
 * round, one round at a time. What fails is tried again; what a crash leaves behind `catchUp` finds by the marks.
 */
export class Projector {
	readonly #events: EventStore;
	readonly #store: ProjectionStore;
	readonly #logger: Logger;
	readonly #projected = new LRUCache<string, Projected>({
		max: PROJECTION_STATES_CACHED,
		...TIMELINE_MEMORY,
	});
	/** Events not yet projected; an empty list means: read them from the database. */
	#dirty = new Map<string, readonly TimelineEvent[]>();
	#held = 0;
	#running: Promise<void> | undefined;
	/** Counts the rounds; `#taken` are the timelines of the one under way. */
	#rounds = 0;
	#taken: ReadonlySet<string> = new Set();
	readonly #flushes = new Set<Flush>();
	#isClosing = false;
	#pause: number = PROJECTION_ROUND_PAUSE.least;
	/** Ends the pause that is under way. */
	#hurry: () => void = () => undefined;

	constructor(events: EventStore, store: ProjectionStore, logger: Logger) {
		this.#events = events;
		this.#store = store;
		this.#logger = logger;
	}

	/** Timelines that wait for their projections. */
	get waiting(): number {
		return this.#dirty.size;
	}

	/** Of timelines that are at rest. */
	forgetIdle(): void {
		this.#projected.purgeStale();
	}

	/** Takes acknowledged events; returns at once. */
	note(events: readonly TimelineEvent[]): void {
		for (const event of events) {
			if (this.#store.ofKind(kindOf(event.subject)).length === 0) continue;
			const before = this.#dirty.get(event.subject);
			const isHeld = this.#held < PROJECTION_EVENTS_HELD && before?.length !== 0;
			if (isHeld) this.#held++;
			else this.#held -= before?.length ?? 0;
			this.#dirty.set(event.subject, isHeld ? [...(before ?? []), event] : []);
		}
		this.#start();
	}

	/**
	 * Writes what was noted before this call at once, of the timelines named or of all, and waits for it, however long the
	 * database is away. What is noted meanwhile is not waited for, so a flush ends under any load.
	 */
	flush(subjects: Iterable<string> = [...this.#taken, ...this.#dirty.keys()]): Promise<void> {
		const written = this.#written(subjects, 'atOnce');
		this.#hurry();
		return written;
	}

	#written(subjects: Iterable<string>, pace: Pace): Promise<void> {
		const due = new Map<string, number>();
		for (const subject of subjects) {
			if (this.#dirty.has(subject)) due.set(subject, this.#rounds + 1);
			else if (this.#taken.has(subject)) due.set(subject, this.#rounds);
		}
		if (due.size === 0) return Promise.resolve();
		return new Promise((done) => this.#flushes.add({ due, pace, done }));
	}

	/**
	 * Waits until the documents show these events. Most are written by the hub that appended them; what it leaves undone
	 * for `PROJECTION_PATIENCE` is done here.
	 */
	async reach(events: readonly TimelineEvent[]): Promise<void> {
		const due = new Map<string, number>();
		for (const { subject, seq } of events) {
			if (this.#store.ofKind(kindOf(subject)).length > 0)
				due.set(subject, Math.max(seq, due.get(subject) ?? 0));
		}
		// Whoever is told of everything that happens keeps to the pace.
		await this.#written(due.keys(), 'easy');
		const patienceEnds = performance.now() + PROJECTION_PATIENCE;
		for (let n = 1; due.size > 0 && !this.#isClosing; n++) {
			const marks = await this.#store.marks([...due.keys()]);
			for (const [subject, seq] of due) if ((marks.get(subject) ?? 0) >= seq) due.delete(subject);
			if (due.size === 0) return;
			if (performance.now() < patienceEnds) await pause(Math.min(5 * n, 100));
			else {
				this.#readAgain(due.keys());
				await this.flush(due.keys());
				return;
			}
		}
	}

	/** Projects what its own hub has not, given a last number by subject. Returns how many timelines were behind. */
	async complete(seen: ReadonlyMap<string, number>): Promise<number> {
		const marks = await this.#store.marks([...seen.keys()]);
		const behind = [...seen].filter(([subject, seq]) => (marks.get(subject) ?? 0) < seq);
		this.#readAgain(behind.map(([subject]) => subject));
		return behind.length;
	}

	#readAgain(subjects: Iterable<string>): void {
		for (const subject of subjects) {
			this.#held -= this.#dirty.get(subject)?.length ?? 0;
			this.#dirty.set(subject, []);
		}
		this.#start();
	}

	/** Writes what is due if the database answers; the next start finds the rest. */
	async close(): Promise<void> {
		this.#isClosing = true;
		this.#hurry();
		while (this.#running) await this.#running;
		this.#settle(
			[...this.#flushes].flatMap(({ due }) => [...due.keys()]),
			Infinity,
		);
	}

	/** Projects what an earlier process appended and did not project. Returns how many timelines were behind. */
	async catchUp(): Promise<number> {
		let behind = 0;
		let heads: { _id: string; seq: number }[] = [];
		const compare = async () => {
			const marks = await this.#store.marks(heads.map(({ _id }) => _id));
			for (const { _id, seq } of heads) {
				if ((marks.get(_id) ?? 0) >= seq) continue;
				behind++;
				this.#dirty.set(_id, []);
			}
			heads = [];
			this.#start();
			await this.flush();
		};
		for await (const head of this.#events.allHeads()) {
			if (this.#store.ofKind(kindOf(head._id)).length === 0) continue;
			heads.push(head);
			if (heads.length === PROJECTION_ROUND_SUBJECTS) await compare();
		}
		await compare();
		return behind;
	}

	#start(): void {
		if (this.#dirty.size === 0) return;
		this.#running ??= this.#run().finally(() => {
			this.#running = undefined;
			this.#start();
		});
	}

	async #run(): Promise<void> {
		if (this.#flushes.size === 0 && !this.#isClosing) await this.#rest();
		const started = performance.now();
		const round = ++this.#rounds;
		const taken = new Map([...this.#dirty].slice(0, PROJECTION_ROUND_SUBJECTS));
		for (const [subject, events] of taken) {
			this.#dirty.delete(subject);
			this.#held -= events.length;
		}
		this.#taken = new Set(taken.keys());
		try {
			await this.#round(taken);
			this.#settle(taken.keys(), round);
			const { least, most, times } = PROJECTION_ROUND_PAUSE;
			this.#pause = Math.min(most, Math.max(least, times * (performance.now() - started)));
		} catch (error) {
			this.#logger.warn(
				{ err: error, timelines: taken.size },
				'projections could not be written; trying again',
			);
			for (const subject of taken.keys()) {
				this.#projected.delete(subject);
				this.#held -= this.#dirty.get(subject)?.length ?? 0;
				this.#dirty.set(subject, []);
			}
			if (this.#isClosing) this.#dirty.clear();
			else await pause(PROJECTION_RETRY_PAUSE);
		} finally {
			this.#taken = new Set();
		}
	}

	async #rest(): Promise<void> {
		const hurried = new AbortController();
		this.#hurry = () => {
			hurried.abort();
		};
		await pause(this.#pause, undefined, { signal: hurried.signal }).catch(() => undefined);
	}

	/** A round has written these timelines. */
	#settle(subjects: Iterable<string>, round: number): void {
		const written = [...subjects];
		for (const flush of this.#flushes) {
			for (const subject of written) {
				if (round >= (flush.due.get(subject) ?? Infinity)) flush.due.delete(subject);
			}
			if (flush.due.size > 0) continue;
			this.#flushes.delete(flush);
			flush.done();
		}
	}

	async #round(taken: ReadonlyMap<string, readonly TimelineEvent[]>): Promise<void> {
		const unknown = [...taken.keys()].filter((subject) => !this.#projected.get(subject));
		const marks = unknown.length > 0 ? await this.#store.marks(unknown) : new Map<string, number>();
		const work = await Promise.all(
			[...taken].map(async ([subject, held]): Promise<Work> => {
				const base = this.#projected.get(subject) ?? { seq: marks.get(subject) ?? 0, states: new Map() };
				return { subject, base, events: await this.#eventsAfter(subject, base.seq, held) };
			}),
		);
		await this.#readMissing(work);
		const changed = new Map<string, ProjectionDocument[]>();
		const done = work.filter((one) => one.events.length > 0 && this.#fold(one, changed));
		const pace = [...this.#flushes].some((flush) => flush.pace === 'atOnce') ? 'atOnce' : 'easy';
		for (const [name, documents] of changed) await this.#store.write(name, documents, { pace });
		await this.#store.mark(
			done.map(({ subject, base }) => ({ subject, seq: base.seq })),
			pace,
		);
		for (const { subject, base } of done) this.#projected.set(subject, base);
	}

	/** Adds the documents of one timeline to those that changed. A projection that throws holds up its timeline only. */
	#fold(work: Work, changed: Map<string, ProjectionDocument[]>): boolean {
		try {
			for (const [name, documents] of fold(work, this.#store.ofKind(kindOf(work.subject)))) {
				changed.set(name, [...(changed.get(name) ?? []), ...documents.values()]);
			}
			return true;
		} catch (error) {
			this.#logger.error(
				{ err: error, subject: work.subject },
				'a projection failed; its documents stay behind',
			);
			this.#projected.delete(work.subject);
			return false;
		}
	}

	/** The held events if they join on without a gap, else those of the database. */
	async #eventsAfter(
		subject: string,
		seq: number,
		held: readonly TimelineEvent[],
	): Promise<readonly TimelineEvent[]> {
		const later = held.filter((event) => event.seq > seq);
		const joinsOn = later.every((event, i) => event.seq === seq + 1 + i);
		return held.length > 0 && joinsOn ? later : this.#events.after(subject, seq).toArray();
	}

	/** Reads the documents that the events go on from, one query per projection. */
	async #readMissing(work: readonly Work[]): Promise<void> {
		const missing = new Map<Projection, Map<string, Projected>>();
		for (const { subject, events, base } of work) {
			for (const projection of this.#store.ofKind(kindOf(subject))) {
				for (const event of events) {
					const key = keyFor(projection, event);
					if (key === undefined || base.states.has(stateName(projection, key))) continue;
					missing.set(projection, (missing.get(projection) ?? new Map<string, Projected>()).set(key, base));
				}
			}
		}
		await Promise.all(
			[...missing].map(async ([projection, keys]) => {
				for (const [key, { states }] of keys)
					states.set(stateName(projection, key), { state: undefined, seq: 0 });
				for (const document of await this.#store.documents(projection, [...keys.keys()])) {
					const { _id, seq } = document;
					keys.get(_id)?.states.set(stateName(projection, _id), { state: stateOf(document), seq });
				}
			}),
		);
	}
}

/** Applies the events of one timeline; returns the documents that changed, by collection and key. */
function fold(
	{ subject, events, base }: Work,
	projections: readonly Projection[],
): Map<string, Map<string, ProjectionDocument>> {
	const changed = new Map<string, Map<string, ProjectionDocument>>();
	for (const event of events) {
		for (const projection of projections) {
			const key = keyFor(projection, event);
			const before = key === undefined ? undefined : base.states.get(stateName(projection, key));
			if (key === undefined || !before || event.seq <= before.seq) continue;
			const state = projection.apply(before.state, event);
			if (state === before.state || state === undefined) continue;
			base.states.set(stateName(projection, key), { state, seq: event.seq });
			const documents = changed.get(projection.name) ?? new Map<string, ProjectionDocument>();
			changed.set(
				projection.name,
				documents.set(key, documentOf(projection, key, subject, { state, seq: event.seq })),
			);
		}
		base.seq = Math.max(base.seq, event.seq);
	}
	base.states = new Map([...base.states].slice(-STATES_PER_TIMELINE));
	return changed;
}
