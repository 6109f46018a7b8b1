import { trusted, type Connection } from 'mongoose';
import { staffModel, staffSearch } from './Staff.model.ts';

const BATCH = 500;

/** Gives people who were registered before searches compared plain text what they are found by. */
export async function addStaffSearch(connection: Connection): Promise<void> {
	const staff = staffModel(connection);
	for (;;) {
		const found = await staff
			.find({ search: trusted({ $exists: false }) }, { name: 1, displayName: 1 })
			.limit(BATCH)
			.lean();
		if (found.length === 0) return;
		await staff.bulkWrite(
			found.map(({ _id, name, displayName }) => ({
				// Unless the name has changed meanwhile, which brings its own.
				updateOne: {
					filter: { _id, displayName },
					update: { $set: { search: staffSearch({ name, displayName }) } },
				},
			})),
		);
	}
}
