import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay } from '../auth/Principal.ts';
import { isParty } from './callRules.ts';
import { findSession } from './runSessionCommand.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** For how long what was begun in a call may still be brought after its end. */
const AFTER_CALL_MS = 15 * 60_000;

/**
 * Everybody named is, or was until a moment ago, in this answered call of the case, which is returned.
 * @throws AppError `unknownSession`, `notAllowed`, `sessionOver`
 */
export async function assertInSession(
	hub: HubContext,
	sessionId: string,
	caseId: string,
	people: readonly string[],
): Promise<SessionRecord> {
	const session = await findSession(hub, sessionId);
	if (session?.caseId !== caseId) throw new AppError('unknownSession');
	assertMay(people.every((staffId) => isParty(session, staffId)));
	const { state, endedAt } = session;
	const isOver = state === 'ended' && hub.now() - Date.parse(endedAt ?? '') > AFTER_CALL_MS;
	if (isOver || session.callee === null) throw new AppError('sessionOver');
	return session;
}
