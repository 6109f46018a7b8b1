import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { sessionEvents } from '@counter-hub/shared/sessions/events.ts';
import type { HubContext } from '../../HubContext.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { sessionFigureModel, type SessionFigure } from './SessionFigure.model.ts';

/** The job: notes what an event says of its session. @throws ZodError where the event is not what its type promises */
export async function countSession(hub: HubContext, event: TimelineEvent): Promise<void> {
	const change = changeOf(event);
	if (!change || event.about?.sessionId === undefined) return;
	await sessionFigureModel(hub.connection).updateOne(
		{ _id: event.about.sessionId },
		{ $set: change },
		{ upsert: true },
	);
}

function changeOf({ type, at, data }: TimelineEvent): Partial<SessionFigure> | undefined {
	if (type === 'session.requested') {
		const { toCounterId } = sessionEvents[type].parse(data);
		return { counterId: toCounterId, day: shanghaiDate(at.getTime()), requestedAt: at };
	}
	if (type === 'session.answered') return { answeredAt: at };
	if (type === 'session.missed') return { isMissed: true };
	return undefined;
}
