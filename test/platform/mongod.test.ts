import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { newDatabase, startMongod } from './mongod.ts';

test('the run’s mongod is a replica set that commits with a majority', async () => {
	const connection = await mongoose.createConnection(newDatabase().url).asPromise();
	try {
		const things = connection.collection('things');
		await things.insertOne({ n: 1 }, { writeConcern: { w: 'majority', journal: true } });
		expect(await things.countDocuments()).toBe(1);
	} finally {
		await connection.close();
	}
});

test('a mongod killed with -9 starts again on its folder with its data, port and password', async () => {
	const first = await startMongod();
	const connection = await mongoose.createConnection(first.url).asPromise();
	await connection
		.collection('things')
		.insertOne({ n: 1 }, { writeConcern: { w: 'majority', journal: true } });
	await connection.close();
	process.kill(first.pid, 'SIGKILL');
	expect(await first.exited).not.toBe(0);

	const second = await startMongod(first.folder);
	expect(second.url).toBe(first.url);
	const again = await mongoose.createConnection(second.url).asPromise();
	expect(await again.collection('things').countDocuments()).toBe(1);
	await again.close();
	await second.remove();
});
