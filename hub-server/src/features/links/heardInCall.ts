import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { subjectOfCase } from '@counter-hub/shared/cases/subjectOfCase.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { CALL_GRACE_MS, CALL_REPORT_MS } from '@counter-hub/shared/links/callTimes.ts';
import { judge } from '@counter-hub/shared/links/judge.ts';
import { pairOf } from '@counter-hub/shared/links/linkMeasurement.ts';
import { receivedInCall, type MeasuredInCall } from '@counter-hub/shared/links/measured.ts';
import type { HubContext } from '../../HubContext.ts';
import type { HubSocketData } from '../../hubSockets.ts';
import { participantIdOf } from '../media-nodes/MediaGrants.ts';
import { findSession } from '../sessions/runSessionCommand.ts';
import type { SessionRecord } from '../sessions/sessionProjections.ts';
import { timeline } from '../timeline/timeline.ts';
import { endBy } from './endBy.ts';
import { readLinkLimits } from './linkLimits.ts';
import { recordMeasurement } from './recordMeasurement.ts';

/** Of a case's newest; so many people do not come in while a call is still told of. */
const JOINED_LOOKED_AT = 200;

/**
 * What one end of a call of the day received of the other: the link that goes bad after the check is found by it. Judged by
 * the limits of the city where it arrived; where nothing was to be expected nothing is judged, and nothing kept.
 * @throws AppError `notInCall` for whoever no node saw in the room, `callTooOld`, `ownCity`
 */
export async function heardInCall(
	hub: HubContext,
	{ actor }: HubSocketData,
	sessionId: string,
	measured: MeasuredInCall,
): Promise<void> {
	const session = await findSession(hub, sessionId);
	const { own, other } = endsOf(session, actor.staffId);
	if (!session || !own || !other || !(await wasInRoom(hub, session, own))) throw new AppError('notInCall');
	const { state, answeredAt, endedAt, nodeId } = session;
	const now = hub.now();
	if (answeredAt === null || (state === 'ended' && now - Date.parse(endedAt ?? '') > CALL_GRACE_MS))
		throw new AppError('callTooOld');
	if (own.cityCode === other.cityCode) throw new AppError('ownCity');
	if (!measured.picture && !measured.sound) return;
	const received = receivedInCall(measured);
	const way = other.cityCode < own.cityCode ? 'forth' : 'back';
	const [first, second] = way === 'forth' ? [other, own] : [own, other];
	const time = Math.floor((now - Date.parse(answeredAt)) / CALL_REPORT_MS);
	await recordMeasurement(hub, pairOf(own.cityCode, other.cityCode), `call:${sessionId}:${way}:${time}`, {
		type: 'link.heard',
		data: {
			sessionId,
			date: shanghaiDate(now),
			ends: [await endBy(hub, first, nodeId), await endBy(hub, second, nodeId)],
			way,
			result: { ...judge(received, await readLinkLimits(hub, own.cityCode)), measured: received },
		},
	});
}

type Side = SessionRecord['caller'];

function endsOf(session: SessionRecord | undefined, staffId: string): { own?: Side; other?: Side } {
	if (!session?.callee) return {};
	const { caller, callee } = session;
	if (caller.staffId === staffId) return { own: caller, other: callee };
	return callee.staffId === staffId ? { own: callee, other: caller } : {};
}

async function wasInRoom(
	hub: HubContext,
	{ id, caseId }: SessionRecord,
	{ staffId }: Side,
): Promise<boolean> {
	const participantId = participantIdOf(id, staffId);
	const { events } = await timeline(hub).page(subjectOfCase(caseId), {
		type: 'session.joined',
		limit: JOINED_LOOKED_AT,
	});
	return events.some(
		({ type, about, data }) =>
			type === 'session.joined' && about?.sessionId === id && data.participantId === participantId,
	);
}
