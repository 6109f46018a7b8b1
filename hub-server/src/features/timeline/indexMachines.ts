import type { mongo } from 'mongoose';
import type { StoredEvent } from './types.ts';

/** Of the index that found sessions before events had `about` and `machine`. */
const FORMER_INDEX = 'session';
const INDEX_NOT_FOUND = 27;
const COLLECTION_NOT_FOUND = 26;

/**
 * Gives events of 0.1.0, which name their session under the hash, the two fields by which they are found today; the hash
 * covers what it did. Once: afterwards the index of before is gone. Several hubs may do it at once.
 */
export async function indexMachines(events: mongo.Collection<StoredEvent>): Promise<void> {
	if (!(await hasIndex(events, FORMER_INDEX))) return;
	await events.updateMany({ sessionId: { $exists: true }, machine: { $exists: false } }, [
		{ $set: { about: { sessionId: '$sessionId' }, machine: { $concat: ['session:', '$sessionId'] } } },
	]);
	try {
		await events.dropIndex(FORMER_INDEX);
	} catch (error) {
		if (codeOf(error) !== INDEX_NOT_FOUND) throw error;
	}
}

async function hasIndex(events: mongo.Collection<StoredEvent>, wanted: string): Promise<boolean> {
	try {
		return (await events.indexes()).some(({ name }) => name === wanted);
	} catch (error) {
		// A collection that is not there yet has none.
		if (codeOf(error) === COLLECTION_NOT_FOUND) return false;
		throw error;
	}
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined);

/** A draft that a hub of 0.1.0 left to be appended, as it is written today. */
export function draftOfToday<D extends object>(draft: D): Omit<D, 'sessionId'> {
	if (!('sessionId' in draft) || typeof draft.sessionId !== 'string') return draft;
	const { sessionId, ...rest } = draft;
	return { ...rest, about: { sessionId }, machine: `session:${sessionId}` };
}
