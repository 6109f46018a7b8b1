import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { nodeLinksModel } from '@counter-hub/hub-server/features/media-nodes/NodeLinks.ts';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses, type Processes, type ProcessesOptions } from '../platform/processes.ts';
import { ask } from '../platform/TestClient.ts';
import { HANGZHOU, next, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { enter, expectTypes } from './calls.ts';
import { eventsOfSession } from './expectNothingLost.ts';

/** Longer than a hub waits before it calls somebody gone whom it misses, with the pauses between its looks. */
const LONG_ENOUGH_MS = 23_000;
const BEGUN = ['requested', 'ringing', 'joined', 'answered', 'joined'];

/** A call with both people in the room, at the first hub. */
async function newCall(options: ProcessesOptions) {
	const processes = await newProcesses({ hubs: 3, ...options });
	const clerk = await processes.signIn('clerk', SONGJIANG);
	const approver = await processes.signIn('approver', HANGZHOU);
	const [one, other] = [await clerk.socket(), await approver.socket()];
	onTestFinished(() => {
		one.close();
		other.close();
	});
	const asked = { caseId: await openCase(clerk), purpose: 'review' as const, note: '', callsBack: null };
	const { session, admission } = await ask(one, 'session:request', { ...asked, commandId: randomUUID() });
	const caller = await enter(admission);
	// In this order also where one hub puts it on record and the next one decides on it.
	await expectTypes(processes, session.id, ['requested', 'ringing', 'joined']);
	const answered = await ask(other, 'session:answer', { commandId: randomUUID(), sessionId: session.id });
	const callee = await enter(answered.admission);
	await expectTypes(processes, session.id, BEGUN);
	return { processes, sessionId: session.id, caller, callee, calleeAdmission: answered.admission };
}

test('A1 S-8 N-9 three hubs, two of which the node greets: a long call takes no entry that is not so', async () => {
	const { processes, sessionId, caller, callee } = await newCall({ hubUrls: (urls) => urls.slice(0, 2) });
	await pause(LONG_ENOUGH_MS);
	await expectTypes(processes, sessionId, BEGUN);
	await callee.ask('leave', {});
	await expectTypes(processes, sessionId, [...BEGUN, 'left']);
	expect(caller.socket.connected).toBe(true);
	await expectWhole(processes, sessionId);
}, 240_000);

test('A1 S-8 N-4 hubs that are frozen, killed and cut off from the node: every fact once, and nothing that is not so', async () => {
	const lines: CuttableLine[] = [];
	const { processes, sessionId, callee, calleeAdmission } = await newCall({
		hubUrls: async (urls) => {
			lines.push(...(await Promise.all(urls.map((url) => CuttableLine.to(url)))));
			return lines.map(({ url }) => url);
		},
	});
	onTestFinished(() => {
		for (const line of lines) line.close();
	});
	const [first, second] = processes.hubs;
	// The one that puts facts on record stands still while somebody leaves and comes back.
	const thawed = first?.freeze(5_000);
	await callee.ask('leave', {});
	await enter(calleeAdmission);
	const types = [...BEGUN, 'left', 'joined'];
	await expectTypes(processes, sessionId, types);
	await thawed;
	// One has lost the node, another its memory; the third one knows that all is well.
	lines[1]?.cut();
	await processes.restartHub('SIGKILL', first);
	lines[2]?.freeze();
	await pause(3_000);
	lines[2]?.mend();
	await second?.freeze(5_000);
	await pause(LONG_ENOUGH_MS - 8_000);
	lines[1]?.mend();
	await pause(1_000);
	await expectTypes(processes, sessionId, types);
	await expectWhole(processes, sessionId);
}, 240_000);

test('A1 N-4 a hub that is up and cannot write is passed over, and is no judge of a node when it can again', async () => {
	let line: CuttableLine | undefined;
	const { processes, sessionId, callee, calleeAdmission } = await newCall({
		hubs: 2,
		envOfHub: async (index, { MONGODB_URL = '' }) => {
			if (index > 0) return {};
			line = await CuttableLine.to(MONGODB_URL);
			const url = new URL(MONGODB_URL);
			url.host = new URL(line.url).host;
			// Otherwise the driver asks for the members of the replica set, and goes past the line.
			url.searchParams.delete('replicaSet');
			url.searchParams.set('directConnection', 'true');
			return { MONGODB_URL: url.href };
		},
	});
	onTestFinished(() => line?.close());
	line?.freeze();
	await callee.ask('leave', {});
	await enter(calleeAdmission);
	const types = [...BEGUN, 'left', 'joined'];
	await expectTypes(processes, sessionId, types);
	await pause(6_000);
	line?.mend();
	await pause(LONG_ENOUGH_MS - 6_000);
	await expectTypes(processes, sessionId, types);
	await expectWhole(processes, sessionId);
}, 240_000);

test('A1 S-7 N-9 a node that is lost for all hubs is lost once, and its return ends the gap once', async () => {
	const { processes, sessionId, caller, callee } = await newCall({ hubs: 2 });
	await processes.node?.kill();
	await expectTypes(processes, sessionId, [...BEGUN, 'mediaLost']);
	await processes.node?.start();
	await processes.nodeRegistered();
	for (const peer of [caller, callee]) peer.close();
	await pause(4_000);
	await expectTypes(processes, sessionId, [...BEGUN, 'mediaLost']);
	await expectWhole(processes, sessionId);
}, 240_000);

test('A1 N-10 a hub cut off from a node that others reach: its pages call, answer and conclude, and its orders arrive', async () => {
	let line: CuttableLine | undefined;
	const processes = await newProcesses({
		hubs: 2,
		hubUrls: async ([own = '', ...others]) => {
			line = await CuttableLine.to(own);
			return [line.url, ...others];
		},
	});
	onTestFinished(() => line?.close());
	const caller = await atHub(processes, 'clerk', SONGJIANG);
	const approver = await atHub(processes, 'approver', HANGZHOU);
	const colleague = await atHub(processes, 'approver', HANGZHOU);
	await expectLinks(processes, [1, 1]);
	line?.cut();
	await expectLinks(processes, [0, 1]);
	const rings = next(colleague.socket, 'session:ringing');
	const asked = {
		caseId: await openCase(caller.client),
		purpose: 'review' as const,
		note: '',
		callsBack: null,
	};
	const { session, admission } = await ask(caller.socket, 'session:request', {
		...asked,
		commandId: randomUUID(),
	});
	const sessionId = session.id;
	const first = await enter(admission);
	await expectTypes(processes, sessionId, ['requested', 'ringing', 'joined']);
	// Nothing but the order puts those out of the lobby who did not answer.
	const lobby = await enter((await rings).admission);
	const answered = await ask(approver.socket, 'session:answer', { commandId: randomUUID(), sessionId });
	await lobby.notice('removed');
	await enter(answered.admission);
	await expectTypes(processes, sessionId, BEGUN);
	const concluded = { commandId: randomUUID(), sessionId, conclusion: 'pass' as const, note: '' };
	await ask(approver.socket, 'session:conclude', concluded);
	await first.notice('room:closed');
	await expectTypes(processes, sessionId, [...BEGUN, 'concluded']);
	await expectWhole(processes, sessionId);
}, 240_000);

/** Somebody at the desk, with a page at the first hub. */
async function atHub(processes: Processes, ...[role, city]: Parameters<Processes['signIn']>) {
	const client = await processes.signIn(role, city);
	const socket = await client.socket();
	onTestFinished(() => {
		socket.close();
	});
	await ask(socket, 'presence:renew', { windowId: null });
	return { client, socket };
}

/** How many nodes each hub has a link to. */
async function expectLinks({ registry }: Processes, counts: number[]): Promise<void> {
	await eventually(async () => {
		const links = await nodeLinksModel(registry.context.connection).find().lean();
		expect(links.map(({ nodes }) => nodes.length).sort()).toEqual(counts);
	});
}

async function expectWhole({ registry }: Processes, sessionId: string): Promise<void> {
	const events = await eventsOfSession(registry, sessionId);
	expect(events.map(({ version }) => version)).toEqual(events.map((_, i) => i + 1));
	expect(await verifyTimelines(registry.context.connection)).toMatchObject({ faulty: 0 });
}
