import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { newId } from '@counter-hub/shared/ids/ids.ts';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { connectMongo } from '@counter-hub/hub-server/platform/mongo.ts';
import { defineSignal, Signals } from '@counter-hub/hub-server/platform/stream/Signals.ts';
import { newDatabase } from '../platform/mongod.ts';

const counted = defineSignal('test.counted', z.strictObject({ n: z.int() }));
const other = defineSignal('test.other', z.strictObject({}));

async function newSignals(url: string) {
	const connection = await connectMongo(url);
	const signals = new Signals(newId(), connection, createLogger('silent'), new Metrics());
	onTestFinished(async () => {
		await signals.close();
		await connection.close();
	});
	return { signals, connection };
}

test('X-2 a signal reaches every hub once, in order, the sender too; a listener that throws holds up none', async () => {
	const { url } = newDatabase();
	const hubs = [await newSignals(url), await newSignals(url)];
	const heard = hubs.map(({ signals }) => {
		const numbers: number[] = [];
		signals.on(counted, () => {
			throw new Error('a fault of the listener');
		});
		signals.on(other, () => expect.unreachable());
		signals.on(counted, ({ n }) => void numbers.push(n));
		return numbers;
	});
	for (const { signals } of hubs) await signals.start();
	for (let n = 0; n < 10; n++) await hubs[n % 2]!.signals.send(counted, { n });
	for (const numbers of heard) await expect.poll(() => numbers).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('X-2 what does not fit the schema is neither sent nor handed on', async () => {
	const { url } = newDatabase();
	const { signals, connection } = await newSignals(url);
	const heard: number[] = [];
	signals.on(counted, ({ n }) => void heard.push(n));
	await signals.start();
	await expect(signals.send(counted, { n: 0.5 })).rejects.toThrow(z.ZodError);
	const sent = connection.db!.collection('signals');
	await sent.insertOne({
		id: 'old',
		seq: 1,
		name: counted.name,
		payload: { count: 1 },
		from: 'elsewhere',
		at: new Date(),
	});
	await signals.send(counted, { n: 2 });
	await expect.poll(() => heard).toEqual([2]);
	const [ttl] = (await sent.indexes()).filter(({ expireAfterSeconds }) => expireAfterSeconds !== undefined);
	expect(ttl).toMatchObject({ key: { at: 1 }, expireAfterSeconds: 600 });
});
