import type { mongo } from 'mongoose';
import type { Connection } from '../../platform/mongo.ts';
import type { EventStore } from './EventStore.ts';
import { idOf, kindOf, type Projection, type ProjectionDocument, type TimelineEvent } from './types.ts';

const MARKS = 'timeline_projected';

/** How far a timeline has been projected, and to what: where projections are added later, it counts anew. */
interface Mark {
	_id: string;
	seq: number;
	of: string;
}

/** Whether the database writes its journal for this, or when it does so next (every 100 ms), as somebody waits or not. */
export type Pace = 'atOnce' | 'easy';

interface Placed {
	_id: string;
	seq: number;
}

/** The key of the document that an event belongs to, or `undefined` where it does not concern the projection. */
export function keyFor(projection: Projection, event: TimelineEvent): string | undefined {
	const { by } = projection;
	if (by === 'subject') return idOf(event.subject);
	return event.machine !== undefined && kindOf(event.machine) === by.machine
		? idOf(event.machine)
		: undefined;
}

export const stateName = (projection: Projection, key: string): string => `${projection.name}/${key}`;

/** The projections of one hub and their documents. A document is replaced only by a newer one. */
export class ProjectionStore {
	readonly #projections: Projection[] = [];
	readonly #byKind = new Map<string, Projection[]>();
	readonly #db: mongo.Db;
	readonly #events: EventStore;

	constructor(connection: Connection, events: EventStore) {
		if (!connection.db) throw new Error('the connection is not open');
		this.#db = connection.db;
		this.#events = events;
	}

	register(projection: Projection): void {
		if (this.#projections.some(({ name }) => name === projection.name)) {
			throw new Error(`two projections are called ${projection.name}`);
		}
		this.#projections.push(projection);
		this.#byKind.set(projection.subjectKind, [...this.ofKind(projection.subjectKind), projection]);
	}

	get all(): readonly Projection[] {
		return this.#projections;
	}

	ofKind(kind: string): readonly Projection[] {
		return this.#byKind.get(kind) ?? [];
	}

	named(name: string): Projection | undefined {
		return this.#projections.find((projection) => projection.name === name);
	}

	/**
	 * The state after all events of `key`, or after those up to a place in its timeline: the document and what came
	 * since. The state of a machine of another timeline than the place's is read whole, and its `seq` is 0 there.
	 */
	async read<S extends object>(
		projection: Projection<S>,
		key: string,
		place?: { subject: string; seq: number },
	): Promise<{ state: S | undefined; seq: number }> {
		const subject = `${projection.subjectKind}:${key}`;
		// The mark first: it is written last, so the document has at least what the mark promises.
		const marks = projection.by === 'subject' ? await this.marks([subject]) : undefined;
		const [document] = await this.documents(projection, [key]);
		let state = document && stateOf(document);
		let seq = Math.max(document?.seq ?? 0, marks?.get(subject) ?? 0);
		const fold = (event: TimelineEvent) => {
			state = projection.apply(state, event);
			seq = event.seq;
		};
		if (projection.by === 'subject') {
			for await (const event of this.#events.after(subject, seq, place?.seq)) fold(event);
			return { state, seq };
		}
		const version = document && 'version' in document ? Number(document.version) : 0;
		const events = await this.#events.ofMachine(`${projection.by.machine}:${key}`, version);
		const isForeign = place !== undefined && (document ?? events[0] ?? place).subject !== place.subject;
		const upTo = isForeign ? Number.MAX_SAFE_INTEGER : (place?.seq ?? Number.MAX_SAFE_INTEGER);
		for (const event of events) {
			if (event.seq <= upTo && kindOf(event.subject) === projection.subjectKind) fold(event);
		}
		return { state, seq: isForeign ? 0 : seq };
	}

	documents<S extends object>(
		projection: Projection<S>,
		keys: readonly string[],
	): Promise<ProjectionDocument<S>[]> {
		const { name, form = null } = projection;
		return this.#collection<ProjectionDocument<S>>(name)
			.find({ _id: { $in: [...keys] }, form } as mongo.Filter<ProjectionDocument<S>>)
			.toArray() as Promise<ProjectionDocument<S>[]>;
	}

	/** @param again whether documents of the same `seq` are replaced too (rebuilding) */
	async write(
		name: string,
		documents: readonly ProjectionDocument[],
		{ pace, again = false }: { pace: Pace; again?: boolean },
	): Promise<void> {
		await this.#replace(name, documents, { pace, again, form: this.named(name)?.form });
	}

	/** How far the timelines are projected to all of today's projections of their kind. */
	async marks(subjects: readonly string[]): Promise<Map<string, number>> {
		const found = await this.#collection<Mark>(MARKS)
			.find({ _id: { $in: [...subjects] } })
			.toArray();
		const valid = found.filter(({ _id, of }) => of === this.#namesFor(_id));
		return new Map(valid.map(({ _id, seq }) => [_id, seq]));
	}

	allMarks(subject?: string): mongo.FindCursor<Mark> {
		return this.#db.collection<Mark>(MARKS).find(subject === undefined ? {} : { _id: subject });
	}

	async mark(subjects: readonly { subject: string; seq: number }[], pace: Pace): Promise<void> {
		const marks = subjects.map(({ subject, seq }) => ({ _id: subject, seq, of: this.#namesFor(subject) }));
		await this.#replace(MARKS, marks, { pace, again: true });
	}

	#namesFor(subject: string): string {
		const names = this.ofKind(kindOf(subject)).map(({ name, form }) => (form ? `${name}@${form}` : name));
		return names.sort().join(' ');
	}

	async #replace(
		name: string,
		documents: readonly Placed[],
		{ pace, again, form }: { pace: Pace; again: boolean; form?: number | undefined },
	): Promise<void> {
		if (documents.length === 0) return;
		const operations = documents.map((document) => ({
			replaceOne: {
				filter: {
					_id: document._id,
					$or: [
						{ seq: again ? { $lte: document.seq } : { $lt: document.seq } },
						...(form === undefined ? [] : [{ form: { $ne: form } }]),
					],
				},
				replacement: document,
				upsert: true,
			},
		}));
		try {
			await this.#collection<Placed>(name).bulkWrite(operations, {
				ordered: false,
				ignoreUndefined: true,
				writeConcern: { w: 'majority', journal: pace === 'atOnce' },
			});
		} catch (error) {
			if (!onlyNewerOnes(error)) throw error;
		}
	}

	#collection<D extends mongo.Document>(name: string): mongo.Collection<D> {
		return this.#db.collection<D>(name);
	}
}

/**
 * The upsert of an older document meets the newer one's `_id`: that is what the condition is for. What violates another
 * unique index is lost if nobody hears of it.
 */
function onlyNewerOnes(error: unknown): boolean {
	if (!(error instanceof Error) || !('writeErrors' in error)) return false;
	const errors = [error.writeErrors].flat() as { code?: number; errmsg?: string }[];
	return (
		errors.length > 0 &&
		errors.every(({ code, errmsg }) => code === 11000 && errmsg?.includes(' index: _id_ ') === true)
	);
}

/** The document that keeps a state. */
export const documentOf = (
	{ form }: Projection,
	key: string,
	subject: string,
	{ state, seq }: { state: object; seq: number },
): ProjectionDocument => ({ ...state, _id: key, subject, seq, ...(form !== undefined && { form }) });

/** A document without what the store adds to the state. */
export function stateOf<S extends object>(document: ProjectionDocument<S>): S {
	const { _id, subject, seq, form, ...state } = document;
	return state as unknown as S;
}
