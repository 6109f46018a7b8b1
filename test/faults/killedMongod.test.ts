import { test } from 'vitest';
import { newProcesses } from '../platform/processes.ts';
import { expectNothingLost, expectProjected, expectSettled } from './expectNothingLost.ts';
import { Random, SEED } from './random.ts';
import { Storm } from './Storm.ts';

test('T-10 kill -9 of mongod under sixteen writers of the real hub: what was acknowledged is there once, in order', async () => {
	const processes = await newProcesses({ ownMongod: true, hubEnv: { RING_SECONDS: '2' } });
	const { pid } = processes.hub;
	const random = new Random(SEED);
	const storm = await Storm.start(processes, SEED);
	for (let round = 0; round < 3; round++) {
		await storm.progress(random.between(30, 90));
		await processes.restartMongod();
	}
	await storm.progress(30);
	await storm.stop();
	await expectSettled(processes.registry);
	await expectProjected(processes.registry);
	await expectNothingLost(processes.registry, storm.outcomes);
	if (processes.hub.pid !== pid) throw new Error('the hub did not live through it');
}, 240_000);
