import type { SessionParty, SessionView } from '@counter-hub/shared/sessions/sessions.ts';
import { shownSession, type Session } from '@counter-hub/shared/sessions/Session.ts';
import type { HubContext } from '../../HubContext.ts';
import type { CaseRef } from '../cases/caseRef.ts';
import { places, type Places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import type { SessionRecord } from './sessionProjections.ts';

/** A session in words, for pages: names and places are looked up, nothing personal of the applicant is in it. */
export async function showSession(
	hub: HubContext,
	session: SessionRecord,
	{ caseId, caseNo, itemNo, itemName, itemNameEn, enterpriseName }: CaseRef,
	calledBack = false,
): Promise<SessionView> {
	const parties = [session.caller, ...(session.callee ? [session.callee] : [])];
	const names = await staffNames(hub).of(parties.map(({ staffId }) => staffId));
	const caller = await partyView(places(hub), session, session.caller, names);
	return {
		...shownSession.parse(session),
		caseId,
		caseNo,
		itemNo,
		itemName,
		itemNameEn,
		enterpriseName,
		caller,
		to: {
			cityCode: session.toCity,
			counterId: session.toCounterId,
			counterName: (await places(hub).counter(session.toCounterId))?.name ?? '',
			duty: session.toDuty,
		},
		callee: session.callee && (await partyView(places(hub), session, session.callee, names)),
		mediaLost: session.mediaLostAt !== null,
		calledBack,
	};
}

async function partyView(
	register: Places,
	session: Session,
	party: Session['caller'],
	names: Map<string, string>,
): Promise<SessionParty> {
	const counter = await register.counter(party.counterId);
	return {
		...party,
		displayName: names.get(party.staffId) ?? '',
		counterName: counter?.name ?? '',
		windowNumber: counter?.windows.find(({ id }) => id === party.windowId)?.number ?? null,
		present: party.participantId in session.present,
	};
}
