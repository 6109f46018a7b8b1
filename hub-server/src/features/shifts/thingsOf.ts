import { trusted } from 'mongoose';
import type { OwnCaseState } from '@counter-hub/shared/cases/cases.ts';
import { SHIFT_LIMITS, type Thing } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { HubContext } from '../../HubContext.ts';
import { caseModel } from '../cases/Case.model.ts';
import { missedSessions } from '../sessions/missedSessions.ts';
import { shiftModel } from './shiftProjections.ts';

/** On these somebody is still at work. */
const UNDER_WORK: readonly OwnCaseState[] = ['open', 'correction', 'contactPending'];
/** Missed calls that are looked at; older ones were passed on before. */
const MISSED_LOOKED_AT = 50;

/**
 * What somebody has to hand over (S4.4c): calls that the counter missed and has not called back, cases under work that the
 * person opened or took part in, and the seals and documents that were handed to the person and not passed on since.
 */
export async function thingsOf(hub: HubContext, staffId: string, counterId: string): Promise<Thing[]> {
	const [missed, cases, held] = await Promise.all([
		missedSessions(hub, counterId, { limit: MISSED_LOOKED_AT }),
		caseModel(hub.connection)
			.find({ staff: staffId, counters: counterId, state: trusted({ $in: [...UNDER_WORK] }) }, { _id: 1 })
			.sort({ _id: -1 })
			.limit(SHIFT_LIMITS.cases)
			.lean(),
		heldBy(hub, staffId),
	]);
	return [
		...missed.sessions
			.filter(({ calledBack }) => !calledBack)
			.map(({ id, caseId }): Thing => ({ key: `session:${id}`, kind: 'session', caseId, sessionId: id })),
		...cases.map(({ _id }): Thing => ({ key: `case:${_id}`, kind: 'case', caseId: _id })),
		...held,
	];
}

/** Seals and documents that were confirmed to have come to somebody, unless all was passed on since. */
async function heldBy(hub: HubContext, staffId: string): Promise<Thing[]> {
	const shifts = shiftModel(hub.connection);
	const latest = { 'handover.settledAt': -1 } as const;
	const [received, given] = await Promise.all([
		shifts.findOne({ 'handover.to': staffId, 'handover.state': 'done' }).sort(latest).lean(),
		shifts.findOne({ staffId, 'handover.state': 'done' }).sort(latest).lean(),
	]);
	const at = received?.handover?.settledAt ?? '';
	if (at <= (given?.handover?.settledAt ?? '')) return [];
	return (received?.handover?.things ?? []).filter(({ kind }) => kind === 'seal' || kind === 'document');
}
