import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { HANGZHOU, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { newProcesses, type Processes } from '../platform/processes.ts';
import { ask, ProblemError, type TestSocket } from '../platform/TestClient.ts';
import { eventsOfSession, expectNothingLost, expectProjected, expectSettled } from './expectNothingLost.ts';
import { Random, randomPause, SEED } from './random.ts';
import { Storm } from './Storm.ts';

test('T-4 T-9 S-5 two hubs on one database: one winner per call, no forked chain, one session a person and a case', async () => {
	const processes = await newProcesses({ hubs: 2, hubEnv: { RING_SECONDS: '20' } });
	const { registry } = processes;
	const random = new Random(SEED);
	const clerk = await atDesk(processes, 0, 'clerk', SONGJIANG);
	const approvers = await Promise.all(
		[0, 1, 0, 1, 0, 1].map((hub) => atDesk(processes, hub, 'approver', HANGZHOU)),
	);
	const caseId = await openCase(clerk.client);
	for (let round = 0; round < 5; round++) {
		const asked = { commandId: randomUUID(), caseId, purpose: 'review' as const, note: '', callsBack: null };
		// The same request through both hubs at once is one call.
		const [{ session }] = await Promise.all([
			ask(clerk.socket, 'session:request', asked),
			ask(clerk.elsewhere, 'session:request', asked),
		]);
		const sessionId = session.id;
		const answers = await Promise.all(
			approvers.map(async ({ socket }) => {
				await randomPause(random, 0, 5);
				return codeOf(ask(socket, 'session:answer', { commandId: randomUUID(), sessionId }));
			}),
		);
		expect(answers.filter((code) => code === 'ok')).toHaveLength(1);
		expect(new Set(answers)).toEqual(new Set(['ok', 'CALL-5002']));
		const winner = approvers[answers.indexOf('ok')];
		// Concluded and hung up at the same moment, through different hubs: one of them ends it.
		const ends = [
			ask(winner?.elsewhere ?? clerk.socket, 'session:conclude', {
				commandId: randomUUID(),
				sessionId,
				conclusion: 'pass',
				note: '',
			}),
			ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId }),
		];
		for (const code of await Promise.all(ends.map(codeOf))) expect(['ok', 'CALL-5003']).toContain(code);
		const types = (await eventsOfSession(registry, sessionId)).map(({ type }) => type);
		expect(types.slice(0, 3)).toEqual(['session.requested', 'session.ringing', 'session.answered']);
		expect(types).toHaveLength(4);
	}
	await expectSettled(registry);
	const storm = await Storm.start(processes, SEED);
	await storm.progress(100);
	await storm.stop();
	for (const hub of processes.hubs) expect(hub.isRunning).toBe(true);
	await expectProjected(registry);
	await expectNothingLost(registry, storm.outcomes);
}, 240_000);

const codeOf = (attempt: Promise<unknown>): Promise<string> =>
	attempt.then(
		() => 'ok',
		(error: unknown) => (error instanceof ProblemError ? error.code : String(error)),
	);

/** Somebody signed in, with a socket to one hub, and one of another page to the other hub. */
async function atDesk(processes: Processes, hub: number, ...[role, city]: Parameters<Processes['signIn']>) {
	const client = await processes.signIn(role, city);
	const open = async (index: number): Promise<TestSocket> => {
		const { url } = processes.hubs[index]?.ready ?? {};
		const socket = await client.socket({ pageId: randomUUID(), ...(url !== undefined && { url }) });
		onTestFinished(() => {
			socket.close();
		});
		return socket;
	};
	return { client, socket: await open(hub), elsewhere: await open(1 - hub) };
}
