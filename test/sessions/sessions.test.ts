import { randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { ringOn } from '@counter-hub/hub-server/features/sessions/ringing.ts';
import { sessionModel } from '@counter-hub/hub-server/features/sessions/Session.model.ts';
import { sessionPage } from '@counter-hub/shared/sessions/sessions.ts';
import { eventually } from '../platform/eventually.ts';
import { newHub } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import {
	answer,
	attachNode,
	codeOf,
	eventsOf,
	firstRing,
	HANGZHOU,
	newCounters,
	newPage,
	next,
	openCase,
	openPage,
	request,
	SONGJIANG,
} from './newCounters.ts';

const types = async (...of: Parameters<typeof eventsOf>) => (await eventsOf(...of)).map(({ type }) => type);

describe('V1 calling the other counter', () => {
	it('V1 V2 rings for everybody free at the permit-side counter and says who calls about what', async () => {
		const { hub, clerk, approver } = await newCounters();
		const colleague = await newPage(hub, 'clerk', HANGZHOU);
		const stranger = await newPage(hub, 'approver', '340100');
		const caseId = await openCase(clerk.client);
		let rangElsewhere = false;
		stranger.socket.on('session:ringing', () => {
			rangElsewhere = true;
		});
		const rings = [next(approver.socket, 'session:ringing'), next(colleague.socket, 'session:ringing')];
		const { session, admission } = await request(clerk, caseId);
		expect(admission).toMatchObject({ stage: 'member', roomId: session.id });
		// Whoever it rings for hears nobody and says nothing yet.
		expect(jwt.decode(admission.token)).toMatchObject({ say: true });
		for (const ring of await Promise.all(rings)) {
			expect(ring.session).toMatchObject({
				id: session.id,
				state: 'ringing',
				itemNo: 5,
				note: '股东会决议的日期空着',
			});
			expect(ring.session.caller).toMatchObject({ staffId: clerk.staffId, duty: 'receiving' });
			expect(ring.admission.stage).toBe('lobby');
			expect(jwt.decode(ring.admission.token)).toMatchObject({ say: false });
		}
		expect(rangElsewhere).toBe(false);
		expect(await types(clerk.client, caseId)).toEqual([
			'case.opened',
			'session.requested',
			'session.ringing',
		]);
	});

	it('V1 a second answer loses in the database, through two hubs as well', async () => {
		const { hub, clerk, approver } = await newCounters();
		const second = await newHub({ sharing: hub });
		await attachNode(second, 'media-2');
		const colleague = await newPage(second, 'approver', HANGZHOU);
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		const codes = await Promise.all([
			codeOf(answer(approver, session.id)),
			codeOf(answer(colleague, session.id)),
		]);
		expect(codes.filter((code) => code === 'CALL-5002')).toHaveLength(1);
		const events = await eventsOf(clerk.client, caseId);
		expect(events.filter(({ type }) => type === 'session.answered')).toHaveLength(1);
		expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
	});

	it('V1 a command sent twice changes nothing; its id used for something else is refused', async () => {
		const { clerk } = await newCounters();
		const caseId = await openCase(clerk.client);
		const commandId = randomUUID();
		const [first, again] = [await request(clerk, caseId, commandId), await request(clerk, caseId, commandId)];
		expect(again.session.id).toBe(first.session.id);
		const reused = ask(clerk.socket, 'session:request', {
			commandId,
			caseId,
			purpose: 'review',
			note: 'something else',
			callsBack: null,
		});
		expect(await codeOf(reused)).toBe('REQ-1009');
		expect(await types(clerk.client, caseId)).toHaveLength(3);
	});

	it('V1 the id of a session that exists opens it for nobody else', async () => {
		const { hub, clerk } = await newCounters();
		const { session } = await request(clerk, await openCase(clerk.client));
		const colleague = await newPage(hub, 'clerk', SONGJIANG);
		expect(await codeOf(request(colleague, session.caseId, session.id))).toBe('REQ-1009');
		expect(await codeOf(request(colleague, await openCase(colleague.client), session.id))).toBe('REQ-1009');
		expect((await ask(colleague.socket, 'session:mine', {})).active).toBeNull();
	});

	it('V1 one session a case, one session a person', async () => {
		const { hub, clerk } = await newCounters();
		const [one, other] = [await openCase(clerk.client), await openCase(clerk.client)];
		await request(clerk, one);
		expect(await codeOf(request(clerk, other))).toBe('CALL-5005');
		const colleague = await newPage(hub, 'clerk', SONGJIANG);
		expect(await codeOf(request(colleague, one))).toBe('CALL-5006');
	});

	it('V1 without a media node the call is refused and nothing is left behind', async () => {
		const hub = await newHub();
		const clerk = await newPage(hub, 'clerk', SONGJIANG);
		const caseId = await openCase(clerk.client);
		expect(await codeOf(request(clerk, caseId))).toBe('CALL-5008');
		expect(await types(clerk.client, caseId)).toEqual(['case.opened']);
		await attachNode(hub);
		expect((await request(clerk, caseId)).session.state).toBe('ringing');
	});
});

describe('V2 V3 outcomes of ringing', () => {
	it('V2 declining needs a reason and ends the ringing for everybody', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		const told = next(clerk.socket, 'session:changed', (payload) => payload.session.state === 'ended');
		const commandId = randomUUID();
		await ask(approver.socket, 'session:decline', {
			commandId,
			sessionId: session.id,
			reason: 'busy',
			note: '正在处理急件',
		});
		expect((await told).session).toMatchObject({
			outcome: 'declined',
			declineReason: 'busy',
			declineNote: '正在处理急件',
		});
		expect(await codeOf(answer(approver, session.id))).toBe('CALL-5003');
	});

	it('V3 no answer is missed, listed, and can be called back', async () => {
		const { clerk, approver } = await newCounters({ config: { ringSeconds: 0.2 } });
		const caseId = await openCase(clerk.client);
		const told = next(clerk.socket, 'session:changed', (payload) => payload.session.outcome === 'missed');
		const { session } = await request(clerk, caseId);
		await told;
		const listed = async () => sessionPage.parse(await approver.client.get('/sessions/missed')).sessions;
		await eventually(async () => {
			expect(await listed()).toMatchObject([{ id: session.id, outcome: 'missed', calledBack: false }]);
		});
		const back = await ask(approver.socket, 'session:request', {
			commandId: randomUUID(),
			caseId,
			purpose: 'guidance',
			note: '',
			callsBack: session.id,
		});
		expect(back.session.caller).toMatchObject({ staffId: approver.staffId, duty: 'permit' });
		expect(back.session.to.duty).toBe('receiving');
		await answer(clerk, back.session.id);
		await eventually(async () => {
			expect(await listed()).toMatchObject([{ id: session.id, calledBack: true }]);
		});
	});

	it('V3 missed calls are listed by time, newest first, whatever ids their pages chose', async () => {
		const { clerk, approver } = await newCounters({ config: { ringSeconds: 0.1 } });
		const caseId = await openCase(clerk.client);
		const ids = ['f', '0', '8'].map((first) => `${first}${randomUUID().slice(1)}`);
		for (const id of ids) {
			const missed = next(clerk.socket, 'session:changed', ({ session }) => session.outcome === 'missed');
			await request(clerk, caseId, id);
			await missed;
		}
		const page = async (query: string) =>
			sessionPage.parse(await approver.client.get(`/sessions/missed?${query}`));
		await eventually(async () => {
			const all = await page('limit=10');
			expect(all.sessions.map(({ id }) => id)).toEqual([...ids].reverse());
		});
		const first = await page('limit=1');
		const rest = await page(`limit=10&cursor=${first.nextCursor ?? ''}`);
		expect(rest.sessions.map(({ id }) => id)).toEqual(ids.slice(0, 2).reverse());
	});

	it('S-6 it rings, too, for whoever comes or becomes free while it rings', async () => {
		const { hub, clerk, approver } = await newCounters();
		const caller = await newPage(hub, 'clerk', SONGJIANG);
		const busy = await request(clerk, await openCase(clerk.client));
		await answer(approver, busy.session.id);
		const rang: string[] = [];
		approver.socket.on('session:ringing', ({ session }) => rang.push(session.id));
		const { session } = await request(caller, await openCase(caller.client));
		const rings = next(approver.socket, 'session:ringing');
		await ask(clerk.socket, 'session:hangUp', { commandId: randomUUID(), sessionId: busy.session.id });
		expect((await rings).session.id).toBe(session.id);
		expect((await rings).admission.stage).toBe('lobby');
		const late = await newPage(hub, 'approver', HANGZHOU);
		expect((await firstRing(late)).session.id).toBe(session.id);
		expect(rang).toEqual([session.id]);
		// A page that is loaded anew gets its admission, too.
		const reloaded = await openPage(approver.client, randomUUID());
		expect((await firstRing(reloaded)).admission.stage).toBe('lobby');
	});

	it('S-6 whoever comes while the news and the look of each second meet is rung once', async () => {
		const { hub, clerk } = await newCounters();
		const { session } = await request(clerk, await openCase(clerk.client));
		const ringing = await eventually(async () => {
			const document = await sessionModel(hub.context.connection).findById(session.id).lean();
			if (!document) throw new Error('the call has no document yet');
			return [document];
		});
		const coming = new AbortController();
		const looks = (async () => {
			while (!coming.signal.aborted)
				await Promise.all(Array.from({ length: 4 }, () => ringOn(hub.context, ringing)));
		})();
		const late = await newPage(hub, 'approver', HANGZHOU);
		await firstRing(late);
		coming.abort();
		await looks;
		const ended = next(late.socket, 'session:changed', (news) => news.session.outcome === 'cancelled');
		await ask(clerk.socket, 'session:cancel', { commandId: randomUUID(), sessionId: session.id });
		await ended;
		expect(late.rings).toHaveLength(1);
	});

	it('V3 the caller cancels; nobody else can', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		const cancel = (page: typeof clerk) =>
			ask(page.socket, 'session:cancel', { commandId: randomUUID(), sessionId: session.id });
		expect(await codeOf(cancel(approver))).toBe('AUTH-2008');
		expect((await cancel(clerk)).session).toMatchObject({ state: 'ended', outcome: 'cancelled' });
		await request(clerk, caseId);
	});
});

describe('V10 conclusion', () => {
	it('V10 the permit side concludes with a note; both sides see it and are free again', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		await answer(approver, session.id);
		const conclude = (page: typeof clerk) =>
			ask(page.socket, 'session:conclude', {
				commandId: randomUUID(),
				sessionId: session.id,
				conclusion: 'correction',
				note: '请补填召开日期并加盖公章',
			});
		expect(await codeOf(conclude(clerk))).toBe('AUTH-2008');
		const told = next(clerk.socket, 'session:changed', (payload) => payload.session.state === 'ended');
		await conclude(approver);
		expect((await told).session).toMatchObject({ outcome: 'concluded', conclusion: 'correction' });
		const events = await eventsOf(clerk.client, caseId);
		const concluded = events.find(({ type }) => type === 'session.concluded');
		expect(concluded).toMatchObject({
			type: 'session.concluded',
			actor: { duty: 'permit', role: 'approver', cityCode: HANGZHOU },
		});
		await eventually(async () => {
			expect(await clerk.client.get(`/cases/${caseId}`)).toMatchObject({ state: 'correction' });
		});
		expect((await ask(clerk.socket, 'session:mine', {})).active).toBeNull();
	});

	it('V10 hanging up without a conclusion leaves the session unconcluded and the case as it was', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		await answer(approver, session.id);
		const ended = await ask(clerk.socket, 'session:hangUp', {
			commandId: randomUUID(),
			sessionId: session.id,
		});
		expect(ended.session).toMatchObject({ state: 'ended', outcome: 'unconcluded', conclusion: null });
		await eventually(async () => {
			expect(await clerk.client.get(`/cases/${caseId}`)).toMatchObject({ state: 'open' });
		});
	});
});

describe('bad input on sockets', () => {
	it('unknown, foreign and malformed requests are answered with a code', async () => {
		const { hub, clerk, approver } = await newCounters();
		const stranger = await newPage(hub, 'approver', '340100');
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		expect(await codeOf(answer(stranger, session.id))).toBe('CALL-5001');
		expect(await codeOf(answer(approver, randomUUID()))).toBe('CALL-5001');
		expect(await codeOf(answer(clerk, session.id))).toBe('CALL-5009');
		expect(await codeOf(request(stranger, caseId))).toBe('AUTH-2008');
		const sloppy = clerk.socket as unknown as {
			emitWithAck(event: string, payload: unknown): Promise<unknown>;
		};
		const ack = async (event: string, payload: unknown) => sloppy.emitWithAck(event, payload);
		expect(await ack('session:answer', { commandId: { $ne: null }, sessionId: { $gt: '' } })).toMatchObject({
			ok: false,
			error: { code: 'REQ-1001' },
		});
		expect(await ack('session:transfer', {})).toMatchObject({ ok: false, error: { code: 'REQ-1006' } });
		expect(
			await ack('session:decline', {
				commandId: randomUUID(),
				sessionId: session.id,
				reason: 'busy',
				note: 'x'.repeat(501),
			}),
		).toMatchObject({
			ok: false,
			error: { code: 'REQ-1001' },
		});
	});
});
