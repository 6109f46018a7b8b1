import { expect, onTestFinished, test } from 'vitest';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { sessionModel } from '@counter-hub/hub-server/features/sessions/Session.model.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses } from '../platform/processes.ts';
import { expectNothingLost, expectNoticesOnce, expectProjected, expectSettled } from './expectNothingLost.ts';
import { Random, SEED } from './random.ts';
import { Storm } from './Storm.ts';

test('T-10 H-7 kill -9 of the hub under sixteen writers: what was acknowledged is there once, deadlines are settled', async () => {
	const processes = await newProcesses({ hubEnv: { RING_SECONDS: '2' } });
	const { registry } = processes;
	const random = new Random(SEED);
	const storm = await Storm.start(processes, SEED);
	for (let round = 0; round < 2; round++) {
		await storm.progress(random.between(30, 90));
		await processes.restartHub();
	}
	await storm.progress(30);
	await storm.stop();
	await expectSettled(registry);
	await expectProjected(registry);
	await expectNothingLost(registry, storm.outcomes);
	await expectNoticesOnce(registry);

	// Calls that nobody is in are abandoned by whichever hub runs when their time has come.
	const sessions = sessionModel(registry.context.connection);
	await eventually(async () => {
		const active = await sessions.find({ state: 'active' }).lean();
		expect(active.flatMap(({ present }) => Object.keys(present))).toEqual([]);
	});
	await processes.hub.kill();
	const later = await HubServer.create(loadConfig(registry.env), {
		now: () => Date.now() + LIMITS.abandonMs + 60_000,
	});
	onTestFinished(() => later.close('test finished'));
	await eventually(async () => {
		expect(await sessions.countDocuments({ state: 'active' })).toBe(0);
	});
	await expectSettled(registry);
	await expectNothingLost(registry, storm.outcomes);
}, 240_000);

test('H-9 SIGTERM under load: the hub stops in order with code 0, and what was acknowledged is there once', async () => {
	const processes = await newProcesses({ hubEnv: { RING_SECONDS: '2' } });
	const storm = await Storm.start(processes, SEED + 1);
	for (let round = 0; round < 2; round++) {
		await storm.progress(40);
		expect(await processes.restartHub('SIGTERM')).toBe(0);
	}
	await storm.progress(20);
	await storm.stop();
	await expectSettled(processes.registry);
	await expectProjected(processes.registry);
	await expectNothingLost(processes.registry, storm.outcomes);
}, 240_000);
