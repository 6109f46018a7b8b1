import { trusted } from 'mongoose';
import type { z } from 'zod';
import type { sessionPage } from '@counter-hub/shared/sessions/sessions.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { sessionModel } from './Session.model.ts';
import { showSession } from './sessionViews.ts';

/**
 * V3: calls to a counter that nobody answered, newest first, each with whether somebody has called back. Paged by
 * session id, which sorts by time.
 */
export async function missedSessions(
	hub: HubContext,
	counterId: string,
	{ cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<z.input<typeof sessionPage>> {
	const sessions = sessionModel(hub.connection);
	const found = await sessions
		.find({
			toCounterId: counterId,
			outcome: 'missed',
			...(cursor !== undefined && { _id: trusted({ $lt: cursor }) }),
		})
		.sort({ _id: -1 })
		.limit(limit + 1)
		.lean();
	const page = found.slice(0, limit);
	const answers = await sessions
		.find({ callsBack: trusted({ $in: page.map(({ _id }) => _id) }) }, { callsBack: 1 })
		.lean();
	const answered = new Set(answers.map(({ callsBack }) => callsBack));
	return {
		sessions: await Promise.all(
			page.map(async (session) =>
				showSession(hub, session, await getCaseRef(hub, session.caseId), answered.has(session._id)),
			),
		),
		nextCursor: found.length > limit ? (page.at(-1)?._id ?? null) : null,
	};
}
