import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { eventually } from '../platform/eventually.ts';
import { ask } from '../platform/TestClient.ts';
import {
	answer,
	codeOf,
	HANGZHOU,
	newCounters,
	newPage,
	next,
	openCase,
	openPage,
	request,
	SONGJIANG,
} from './newCounters.ts';

describe('V3 pages of one person', () => {
	it('V3 a second page is told that the call is elsewhere and can take it over', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		await answer(approver, session.id);
		const second = await openPage(clerk.client, randomUUID());
		expect(await ask(second.socket, 'session:mine', {})).toMatchObject({
			active: { id: session.id },
			activeElsewhere: true,
		});
		const admit = (takeOver: boolean) =>
			ask(second.socket, 'session:admit', { sessionId: session.id, takeOver });
		expect(await codeOf(admit(false))).toBe('CALL-5007');
		const told = next(clerk.socket, 'session:takenOver');
		expect((await admit(true)).admission.stage).toBe('member');
		expect((await told).sessionId).toBe(session.id);
	});

	it('S-9 answering again in another page does not take the call over unasked', async () => {
		const { clerk, approver } = await newCounters();
		const { session } = await request(clerk, await openCase(clerk.client));
		const second = await openPage(approver.client, randomUUID());
		await answer(approver, session.id);
		expect(await codeOf(answer(second, session.id))).toBe('CALL-5007');
		expect(await ask(approver.socket, 'session:mine', {})).toMatchObject({ activeElsewhere: false });
	});

	it('S-3 whoever is in a call stays busy with it, whatever command of his is refused', async () => {
		const { hub, clerk, approver } = await newCounters();
		const colleague = await newPage(hub, 'approver', HANGZHOU);
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		await answer(approver, session.id);
		expect(await codeOf(answer(colleague, session.id))).toBe('CALL-5002');
		expect(await ask(colleague.socket, 'session:mine', {})).toMatchObject({ active: null });
		// The id of the session that he is in, used once more for something else.
		expect(await codeOf(request(clerk, await openCase(clerk.client), session.id))).toBe('REQ-1009');
		expect(await ask(clerk.socket, 'session:mine', {})).toMatchObject({ active: { id: session.id } });
		expect(await codeOf(request(clerk, await openCase(clerk.client)))).toBe('CALL-5005');
	});

	it('S-10 whoever was moved to the other side of the case takes no part from there', async () => {
		const { hub, clerk, approver } = await newCounters();
		const administrator = await hub.signIn('administrator', HANGZHOU, { cities: [SONGJIANG, HANGZHOU] });
		const { session } = await request(clerk, await openCase(clerk.client));
		await answer(approver, session.id);
		const { staff } = await clerk.client.me();
		await administrator.patch(`/staff/${staff.id}`, {
			version: staff.version,
			post: { role: 'approver', cities: [HANGZHOU], counterId: seededCounterId(HANGZHOU) },
		});
		await eventually(async () => {
			expect((await clerk.client.me()).counter?.cityCode).toBe(HANGZHOU);
		});
		const { id: sessionId } = session;
		const commandId = randomUUID();
		const conclusion = { conclusion: 'pass' as const, note: '' };
		expect(await codeOf(ask(clerk.socket, 'session:conclude', { commandId, sessionId, ...conclusion }))).toBe(
			'AUTH-2008',
		);
		expect(await codeOf(ask(clerk.socket, 'session:hangUp', { commandId, sessionId }))).toBe('AUTH-2008');
		expect(await codeOf(ask(clerk.socket, 'session:admit', { sessionId, takeOver: true }))).toBe('AUTH-2008');
	});

	it('V3 a reloaded page finds its call and gets in again', async () => {
		const { clerk, approver } = await newCounters();
		const caseId = await openCase(clerk.client);
		const { session } = await request(clerk, caseId);
		await answer(approver, session.id);
		clerk.socket.close();
		const reloaded = await eventually(async () => {
			const page = await openPage(clerk.client, randomUUID());
			expect((await ask(page.socket, 'session:mine', {})).activeElsewhere).toBe(false);
			return page;
		});
		const { admission } = await ask(reloaded.socket, 'session:admit', {
			sessionId: session.id,
			takeOver: false,
		});
		expect(admission).toMatchObject({ stage: 'member', roomId: session.id });
	});
});
