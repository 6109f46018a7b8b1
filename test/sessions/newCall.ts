import type { NewHubOptions } from '../platform/newHub.ts';
import { answer, firstRing, newCounters, openCase, request } from './newCounters.ts';

/** A clerk of 松江 and an approver of 杭州 in a call about a new case. */
export async function newCall(options: NewHubOptions = {}) {
	const counters = await newCounters(options);
	const caseId = await openCase(counters.clerk.client);
	const { session } = await request(counters.clerk, caseId);
	await firstRing(counters.approver);
	await answer(counters.approver, session.id);
	return { ...counters, caseId, sessionId: session.id };
}
