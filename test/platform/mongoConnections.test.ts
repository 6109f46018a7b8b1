import { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { connectMongo } from '@counter-hub/hub-server/platform/mongo.ts';
import { newDatabase } from './mongod.ts';

test('T-10 an operation whose connection is closed while it is being written ends, on another connection', async () => {
	const url = new URL(newDatabase().url);
	url.searchParams.set('monitorCommands', 'true');
	const connection = await connectMongo(url.href);
	onTestFinished(() => connection.close());
	const numbers = connection.collection<{ n: number }>('numbers');
	await numbers.insertOne({ n: 1 });
	let closes = '';
	connection.getClient().on('commandStarted', ({ commandName }) => {
		if (commandName !== closes) return;
		closes = '';
		// From here to the write there is one turn of the microtasks.
		const handles = (process as unknown as { _getActiveHandles(): unknown[] })._getActiveHandles();
		for (const handle of handles)
			if (handle instanceof Socket && handle.remotePort === Number(url.port)) handle.destroy();
	});
	for (let n = 2; n <= 4; n++) {
		closes = 'find';
		expect(await numbers.countDocuments()).toBe(n - 1);
		expect(await numbers.findOne({ n: 1 })).toMatchObject({ n: 1 });
		expect(closes).toBe('');
		closes = 'insert';
		await numbers.insertOne({ n });
		expect(closes).toBe('');
	}
	expect(await numbers.countDocuments()).toBe(4);
});
