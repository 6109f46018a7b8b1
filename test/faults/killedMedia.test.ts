import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { sessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses } from '../platform/processes.ts';
import { TEST_PASSWORD } from '../platform/newHub.ts';
import { ask, TestClient, type TestSocket } from '../platform/TestClient.ts';
import { HANGZHOU, next, openCase, SONGJIANG } from '../sessions/newCounters.ts';
import { enter, expectTypes } from './calls.ts';
import { eventsOfSession } from './expectNothingLost.ts';

test('S-7 S-8 N-4 a call through kill -9 of hub and media node: media untouched or back, every fact once', async () => {
	const processes = await newProcesses();
	const clerk = new Desk(await processes.signIn('clerk', SONGJIANG));
	const approver = new Desk(await processes.signIn('approver', HANGZHOU));
	const colleague = new Desk(await processes.signIn('approver', HANGZHOU));
	const rung = next(await colleague.socket(), 'session:ringing');
	await approver.socket();
	const caseId = await openCase(clerk.client);

	// While it rings: the caller is in the room, a colleague in the lobby.
	const asked = { caseId, purpose: 'guidance' as const, note: '', callsBack: null };
	const called = await ask(await clerk.socket(), 'session:request', { ...asked, commandId: randomUUID() });
	const sessionId = called.session.id;
	let caller = await enter(called.admission);
	const lobby = await enter((await rung).admission);
	expect(lobby.welcome.rights.stage).toBe('lobby');
	await expectTypes(processes, sessionId, ['requested', 'ringing', 'joined']);
	const answered = await ask(await approver.socket(), 'session:answer', {
		commandId: randomUUID(),
		sessionId,
	});
	expect(await lobby.notice('removed')).toMatchObject({ reason: 'answered' });
	let callee = await enter(answered.admission);
	const begun = ['requested', 'ringing', 'joined', 'answered', 'joined'];
	await expectTypes(processes, sessionId, begun);

	// The hub dies and is stopped in order; the media node holds the room, and its facts wait.
	const nodePid = processes.node?.pid;
	await processes.hub.kill();
	await callee.ask('leave', {});
	callee = await enter(answered.admission);
	await processes.hub.start();
	await processes.nodeRegistered();
	begun.push('left', 'joined');
	await expectTypes(processes, sessionId, begun);
	expect(await processes.restartHub('SIGTERM')).toBe(0);
	await processes.nodeRegistered();
	expect(processes.node?.pid).toBe(nodePid);
	expect(caller.socket.connected).toBe(true);
	expect(caller.notices.filter(({ event }) => event.startsWith('room:'))).toEqual([]);
	const document = await callee.produce('document');
	await eventually(() => {
		expect(caller.all('consumers:new').flatMap(({ consumers }) => consumers)).toMatchObject([
			{ streamId: document },
		]);
	});
	await expectTypes(processes, sessionId, begun);

	// The media node dies: the gap is on the timeline, and fresh admissions bring the room back.
	await processes.node?.kill();
	await expectTypes(processes, sessionId, [...begun, 'mediaLost']);
	expect((await clerk.session(sessionId)).mediaLost).toBe(true);
	await processes.node?.start();
	await processes.nodeRegistered();
	for (const desk of [clerk, approver]) {
		const admitted = await ask(await desk.socket(), 'session:admit', { sessionId, takeOver: false });
		const peer = await enter(admitted.admission);
		if (desk === clerk) caller = peer;
		else callee = peer;
	}
	await expectTypes(processes, sessionId, [...begun, 'mediaLost', 'mediaRestored']);
	const again = await caller.produce('document');
	await eventually(() => {
		expect(callee.all('consumers:new').flatMap(({ consumers }) => consumers)).toMatchObject([
			{ streamId: again },
		]);
	});

	await ask(await approver.socket(), 'session:conclude', {
		commandId: randomUUID(),
		sessionId,
		conclusion: 'pass',
		note: '',
	});
	await Promise.all([caller, callee].map((peer) => peer.notice('room:closed')));
	await expectTypes(processes, sessionId, [...begun, 'mediaLost', 'mediaRestored', 'concluded']);
	const events = await eventsOfSession(processes.registry, sessionId);
	expect(events.map(({ version }) => version)).toEqual(events.map((_, i) => i + 1));
	expect(new Set(events.map(({ commandId }) => commandId)).size).toBe(events.length);
	expect(await verifyTimelines(processes.registry.context.connection)).toMatchObject({ faulty: 0 });
}, 240_000);

test('S-10 X2 whose access is ended in mid-call is out of the room at once, and the old token does not lead back', async () => {
	const processes = await newProcesses();
	const clerk = new Desk(await processes.signIn('clerk', SONGJIANG));
	const approver = new Desk(await processes.signIn('approver', HANGZHOU));
	const administrator = await processes.signIn('administrator', HANGZHOU, { cities: [SONGJIANG, HANGZHOU] });
	await approver.socket();
	const asked = {
		caseId: await openCase(clerk.client),
		purpose: 'review' as const,
		note: '',
		callsBack: null,
	};
	const called = await ask(await clerk.socket(), 'session:request', { ...asked, commandId: randomUUID() });
	const sessionId = called.session.id;
	const caller = await enter(called.admission);
	await expectTypes(processes, sessionId, ['requested', 'ringing', 'joined']);
	const { admission } = await ask(await approver.socket(), 'session:answer', {
		commandId: randomUUID(),
		sessionId,
	});
	const callee = await enter(admission);
	const begun = ['requested', 'ringing', 'joined', 'answered', 'joined'];
	await expectTypes(processes, sessionId, begun);
	const { staff } = await approver.client.me();
	await administrator.patch(`/staff/${staff.id}`, { version: staff.version, disabled: true });
	expect(await callee.notice('removed')).toMatchObject({ reason: 'rights' });
	await expect(enter(admission)).rejects.toMatchObject({ code: 'AUTH-2008' });
	await expectTypes(processes, sessionId, [...begun, 'removed', 'left']);

	// No hub has a socket of this one, and the sign-in alone is ended.
	(await clerk.socket()).close();
	const other = new TestClient(clerk.client.url);
	const me = await clerk.client.me();
	await other.signIn(me.staff.name, TEST_PASSWORD);
	await other.delete(`/auth/sign-ins/${clerk.client.signInId}`);
	expect(await caller.notice('removed')).toMatchObject({ reason: 'rights' });
	await expectTypes(processes, sessionId, [...begun, 'removed', 'left', 'removed', 'left']);
	// With the new sign-in the same person goes on.
	const socket = await other.socket();
	onTestFinished(() => {
		socket.close();
	});
	const again = await ask(socket, 'session:admit', { sessionId, takeOver: true });
	await enter(again.admission);
	await expectTypes(processes, sessionId, [...begun, 'removed', 'left', 'removed', 'left', 'joined']);
}, 240_000);

/** A person's page: its socket is opened anew where it was cut. */
class Desk {
	readonly client: TestClient;
	#socket: TestSocket | undefined;

	constructor(client: TestClient) {
		this.client = client;
		onTestFinished(() => {
			this.#socket?.close();
		});
	}

	async socket(): Promise<TestSocket> {
		if (!this.#socket?.connected) {
			this.#socket = await this.client.socket();
			await ask(this.#socket, 'presence:renew', { windowId: null });
		}
		return this.#socket;
	}

	async session(id: string) {
		return sessionView.parse(await this.client.get(`/sessions/${id}`));
	}
}
