import { trusted, type Connection } from 'mongoose';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import { caseModel } from './Case.model.ts';

/** Indexes of before, without what searches compare. */
const FORMER_INDEXES = ['counter', 'city'];
const BATCH = 500;

/** Gives cases that were written before searches compared plain text what they are found by. */
export async function addSearchForms(connection: Connection): Promise<void> {
	const cases = caseModel(connection);
	for (;;) {
		const found = await cases
			.find({ enterpriseSearch: trusted({ $exists: false }) }, { enterpriseName: 1 })
			.limit(BATCH)
			.lean();
		if (found.length === 0) break;
		await cases.bulkWrite(
			found.map(({ _id, enterpriseName }) => ({
				updateOne: {
					filter: { _id },
					update: { $set: { enterpriseSearch: searchForm(enterpriseName) } },
				},
			})),
		);
	}
	const indexes = await cases.collection.indexes();
	for (const { name } of indexes) {
		if (name !== undefined && FORMER_INDEXES.includes(name)) await cases.collection.dropIndex(name);
	}
}
