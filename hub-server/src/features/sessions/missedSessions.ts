import { trusted } from 'mongoose';
import type { z } from 'zod';
import type { sessionPage } from '@counter-hub/shared/sessions/sessions.ts';
import type { HubContext } from '../../HubContext.ts';
import { getCaseRef } from '../cases/caseRef.ts';
import { sessionModel } from './Session.model.ts';
import { showSession } from './sessionViews.ts';

/**
 * V3: calls to a counter that nobody answered, newest first, each with whether a call back was answered. The cursor is the
 * session seen last; one that is unknown begins at the top.
 */
export async function missedSessions(
	hub: HubContext,
	counterId: string,
	{ cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<z.input<typeof sessionPage>> {
	const sessions = sessionModel(hub.connection);
	// Ids are chosen by the pages that call, so they do not tell the time.
	const last =
		cursor === undefined ? null : await sessions.findById(cursor, { toCounterId: 1, requestedAt: 1 }).lean();
	const found = await sessions
		.find({
			toCounterId: counterId,
			outcome: 'missed',
			...(last?.toCounterId === counterId && {
				requestedAt: trusted({ $lte: last.requestedAt }),
				$or: [{ requestedAt: trusted({ $lt: last.requestedAt }) }, { _id: trusted({ $lt: last._id }) }],
			}),
		})
		.sort({ requestedAt: -1, _id: -1 })
		.limit(limit + 1)
		.lean();
	const page = found.slice(0, limit);
	const answers = await sessions
		.find(
			{ callsBack: trusted({ $in: page.map(({ _id }) => _id) }), answeredAt: trusted({ $ne: null }) },
			{ callsBack: 1 },
		)
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
