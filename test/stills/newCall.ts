import { randomUUID } from 'node:crypto';
import type { NewHubOptions } from '../platform/newHub.ts';
import { ask } from '../platform/TestClient.ts';
import { firstRing, newCounters, openCase } from '../sessions/newCounters.ts';

/** A call about a case of item 5 between 松江 and 杭州, answered. */
export async function newCall(options: NewHubOptions = {}) {
	const counters = await newCounters(options);
	const caseId = await openCase(counters.clerk.client);
	return { ...counters, caseId, sessionId: await callAbout(counters, caseId) };
}

/** One more call about the case. */
export async function callAbout(
	{ clerk, approver }: Pick<Awaited<ReturnType<typeof newCounters>>, 'clerk' | 'approver'>,
	caseId: string,
): Promise<string> {
	approver.rings.length = 0;
	await ask(clerk.socket, 'session:request', {
		commandId: randomUUID(),
		caseId,
		purpose: 'review',
		note: '',
		callsBack: null,
	});
	const { session } = await firstRing(approver);
	await ask(approver.socket, 'session:answer', { commandId: randomUUID(), sessionId: session.id });
	return session.id;
}
