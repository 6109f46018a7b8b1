import { z } from 'zod';
import { sessionId } from '@counter-hub/shared/ids/ids.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import { sessionPage, sessionView } from '@counter-hub/shared/sessions/sessions.ts';
import type { HubContext } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { missedSessions } from './missedSessions.ts';
import { findSession } from './runSessionCommand.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { showSession } from './sessionViews.ts';

/** REST of sessions: the missed calls of one's counter, and one session. */
export function sessionRoutes(hub: HubContext): void {
	const guard = signedIn(hub);
	hub.api.route({
		method: 'get',
		path: '/sessions/missed',
		operationId: 'listMissedSessions',
		summary: 'Calls to the counter of the signed-in person that nobody answered, newest first',
		tag: 'sessions',
		guard,
		query: z.strictObject({
			cursor: sessionId.optional(),
			limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageSize),
		}),
		response: sessionPage,
		errors: ['notAllowed'],
		handler: ({ actor: { actor }, query }) => {
			assertMay(actor.counterId !== null && may.answerSession(actor, actor.counterId));
			return missedSessions(hub, actor.counterId ?? '', query);
		},
	});
	hub.api.route({
		method: 'get',
		path: '/sessions/{sessionId}',
		operationId: 'getSession',
		summary: 'One video session',
		tag: 'sessions',
		guard,
		params: z.object({ sessionId }),
		response: sessionView,
		errors: ['unknownSession'],
		handler: async ({ actor: { actor }, params }) => {
			const session = await findSession(hub, params.sessionId);
			const ref = session && (await getCaseRef(hub, session.caseId));
			if (!session || !ref || !may.readCase(actor, ref)) throw new AppError('unknownSession');
			return showSession(hub, session, ref);
		},
	});
}
