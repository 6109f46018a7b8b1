import { mongo } from 'mongoose';
import { STREAM_CLOCK_MARGIN } from '../../limits.ts';

/** Documents that are only ever inserted, with an order of their own. */
export interface Source<T extends object> {
	readonly collection: mongo.Collection<T>;
	/** Conditions on fields; without it all documents. */
	readonly filter?: Readonly<Record<string, unknown>>;
	/** Where a document stands: `seq` rises by one within `subject`. */
	place(document: T): Place;
	/** The fields of `place` in the collection; a unique index with this order must exist. */
	readonly order: { readonly subject: string; readonly seq: string };
}
export interface Place {
	subject: string;
	seq: number;
}

export interface Reading {
	/** Leaves out what was inserted clearly before that. */
	since?: Date | undefined;
	/** Goes on after this place. */
	after?: Place | undefined;
	/** The one document at this place. */
	at?: Place | undefined;
}

/**
 * Reads what there is, subject by subject. `since` goes by the time in the `_id`s, which the hubs made by their own
 * clocks and perhaps a while before they were inserted: a margin covers that, so some documents are older.
 */
export function readInserted<T extends object>(
	{ collection, filter = {}, order: { subject, seq } }: Source<T>,
	{ since, after, at }: Reading,
): mongo.FindCursor<T> {
	const conditions: Record<string, unknown>[] = [{ ...filter }];
	if (since) {
		const oldest = Math.max(0, Math.floor((since.getTime() - STREAM_CLOCK_MARGIN) / 1000));
		conditions.push({ _id: { $gte: mongo.ObjectId.createFromTime(oldest) } });
	}
	if (at) conditions.push({ [subject]: at.subject, [seq]: at.seq });
	if (after) {
		conditions.push({
			$or: [{ [subject]: { $gt: after.subject } }, { [subject]: after.subject, [seq]: { $gt: after.seq } }],
		});
	}
	return collection.find({ $and: conditions } as mongo.Filter<T>, {
		projection: { _id: 0 },
		sort: { [subject]: 1, [seq]: 1 },
		allowDiskUse: true,
	}) as mongo.FindCursor<T>;
}
