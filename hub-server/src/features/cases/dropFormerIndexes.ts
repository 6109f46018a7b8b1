import type { Connection } from 'mongoose';
import { caseModel } from './Case.model.ts';

/** Indexes of before, without what searches compare. */
const FORMER_INDEXES = ['counter', 'city'];

/** Cases of an older hub have been made anew by now (the projection's `form`); their indexes of before only cost. */
export async function dropFormerIndexes(connection: Connection): Promise<void> {
	const { collection } = caseModel(connection);
	for (const { name } of await collection.indexes()) {
		if (name !== undefined && FORMER_INDEXES.includes(name)) await collection.dropIndex(name);
	}
}
