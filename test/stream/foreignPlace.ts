import type { Connection } from '@counter-hub/hub-server/platform/mongo.ts';

/**
 * A place in the stream of another collection: whoever follows events from there is told, with the next event, that the
 * database does not know it, as after a time away that was longer than its memory. (A time before all it has would not
 * do: where nothing was ever cut off, the database begins with the first thing.)
 */
export async function foreignPlace({ db }: Connection): Promise<object> {
	const elsewhere = db!.collection('elsewhere');
	const stream = elsewhere.watch();
	try {
		await stream.tryNext();
		await elsewhere.insertOne({});
		return (await stream.next())._id as object;
	} finally {
		await stream.close();
	}
}
