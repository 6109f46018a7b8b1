import { perHub } from '../../perHub.ts';
import { Batches } from '../../platform/Batches.ts';
import { presenceModel, type PresenceRecord } from './Presence.model.ts';

/** Writes leases together. `since` is kept where the page has a lease already. */
export const leases = perHub(
	({ connection }) =>
		new Batches<PresenceRecord, undefined>(async (batch) => {
			// By the driver: the records are ours, and thousands would be cast one by one.
			const { name } = presenceModel(connection).collection;
			await connection.collection<PresenceRecord>(name).bulkWrite(
				batch.map(({ _id, since, ...renewed }) => ({
					updateOne: {
						filter: { _id },
						update: { $set: renewed, $setOnInsert: { since } },
						upsert: true,
					},
				})),
				{ ordered: false },
			);
			return batch.map(() => undefined);
		}),
);
