import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { caseDetail } from '@counter-hub/shared/cases/cases.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses, type Processes } from '../platform/processes.ts';
import { ask, type TestClient } from '../platform/TestClient.ts';
import { HANGZHOU, SONGJIANG } from '../sessions/newCounters.ts';

const UNKNOWN = /SYS-900[123]|timed out/;

const openCase = async (client: TestClient, commandId: string = randomUUID()) =>
	caseDetail.parse(
		await client.post('/cases', {
			commandId,
			enterprise: { name: '杭州澄砚精密仪器有限公司', uscc: '91330100MA0000023P' },
			person: { name: '何清', citizenId: '310117190001010012', phone: '13800000000' },
			itemNo: 1,
			permitCounterId: seededCounterId(HANGZHOU),
		}),
	);

/** What stands on the case's timeline of one command. */
async function standing(processes: Processes, caseId: string, commandId: string): Promise<string[]> {
	const events = await timeline(processes.registry.context).store.ofCommand(`case:${caseId}`, commandId);
	return events.map(({ type }) => type);
}

test('A3 T-10 H-7 while the database is frozen commands are answered “unknown”; repeated with their ids they stand once', async () => {
	const processes = await newProcesses({ ownMongod: true, media: false });
	const clerk = await processes.signIn('clerk', SONGJIANG);
	const { id: caseId } = await openCase(clerk);
	const socket = await clerk.socket();
	onTestFinished(() => void socket.close());
	const mongod = processes.mongod?.pid ?? 0;
	const note = { commandId: randomUUID(), text: '原件已核对' };
	const write = () => clerk.send('POST', `/cases/${caseId}/notes`, note);
	const call = { commandId: randomUUID(), caseId, purpose: 'guidance' as const, note: '', callsBack: null };
	const request = () =>
		ask(socket, 'session:request', call).then(
			() => 'carried out',
			(error: unknown) => String(error),
		);

	process.kill(mongod, 'SIGSTOP');
	onTestFinished(() => {
		try {
			process.kill(mongod, 'SIGCONT');
		} catch {
			// It was stopped in good order.
		}
	});
	const [written, requested] = await Promise.all([write(), request()]);
	expect(written).toMatchObject({ status: 503, body: { code: 'SYS-9002' } });
	expect(requested).toMatch(UNKNOWN);
	process.kill(mongod, 'SIGCONT');

	// As the page does: the same command again until its outcome is known.
	await eventually(async () => {
		expect(await write()).toMatchObject({ status: 201 });
		expect(await request()).not.toMatch(UNKNOWN);
	});
	const [once, twice] = [await write(), await write()];
	expect(twice.body).toEqual(once.body);
	expect(await standing(processes, caseId, note.commandId)).toEqual(['case.noted']);
	const ofCall = await standing(processes, caseId, call.commandId);
	expect(ofCall.filter((type) => type === 'session.requested')).toHaveLength(ofCall.length > 0 ? 1 : 0);
});

test('A3 T-10 H-7 a database killed between write and acknowledgement: whatever was sent stands once', async () => {
	const processes = await newProcesses({ ownMongod: true, media: false });
	const clerk = await processes.signIn('clerk', SONGJIANG);
	const { id: caseId } = await openCase(clerk);
	const sent = Array.from({ length: 40 }, (_, i) => ({ commandId: randomUUID(), text: `第 ${i + 1} 条` }));
	const [opening] = [randomUUID()];
	const insist = async <T>(attempt: () => Promise<T>): Promise<T> => {
		for (;;) {
			try {
				return await attempt();
			} catch (error) {
				if (!/^(?:ProblemError|Error): (?:SYS-900|REQ-1008)/.test(String(error))) throw error;
			}
		}
	};
	const work = Promise.all([
		...sent.map((note) => insist(() => clerk.post(`/cases/${caseId}/notes`, note))),
		insist(() => openCase(clerk, opening)),
	]);
	await processes.restartMongod();
	const answers = await work;
	for (const { commandId } of sent) {
		expect(await standing(processes, caseId, commandId)).toEqual(['case.noted']);
	}
	const again = await openCase(clerk, opening);
	expect(again.id).toBe(caseDetail.parse(answers.at(-1)).id);
});
