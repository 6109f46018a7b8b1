import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import type { Session } from '@counter-hub/shared/sessions/Session.ts';
import { assertMay } from '../auth/Principal.ts';
import { isAtPost } from './callRules.ts';

/** Whether the person is one of those who talk with each other in a session that goes on. */
export const takesPart = (session: Session | undefined, actor: Actor): boolean =>
	session?.state === 'active' && isAtPost(session, actor);

/**
 * For what belongs into a call: a word, something to look at.
 * @throws AppError `unknownSession`, `notAllowed` for whoever is no party of it, `sessionOver`, `notInThisState` while it
 * rings
 */
export function assertTakesPart(session: Session | undefined, actor: Actor): void {
	if (!session) throw new AppError('unknownSession');
	assertMay(isAtPost(session, actor));
	if (session.state === 'ended') throw new AppError('sessionOver');
	if (session.state !== 'active') throw new AppError('notInThisState');
}
