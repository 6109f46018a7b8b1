import type { SessionParty, SessionView } from '@counter-hub/shared/sessions/sessions.ts';

/** A party of a session with readable defaults; ids are opaque to what is tested with it. */
export const party = (staffId: string, duty: SessionParty['duty']): SessionParty => ({
	participantId: `p-${staffId}`,
	staffId,
	displayName: staffId,
	cityCode: duty === 'receiving' ? '310117' : '330100',
	counterId: `c-${duty}`,
	counterName: duty,
	windowId: null,
	windowNumber: null,
	duty,
	present: true,
});

/** A ringing call from `chen` (receiving) to the permit side. */
export function session(change: Partial<SessionView> = {}): SessionView {
	return {
		id: 's-1',
		version: 2,
		state: 'ringing',
		purpose: 'guidance',
		note: '',
		caseId: 'case-1',
		caseNo: 'SJ-261123-0042',
		itemNo: 5,
		itemName: '法定代表人变更',
		itemNameEn: 'Change of legal representative',
		enterpriseName: '杭州澄砚精密仪器有限公司',
		caller: party('chen', 'receiving'),
		to: { cityCode: '330100', counterId: 'c-permit', counterName: '杭州专窗', duty: 'permit' },
		callee: null,
		nodeId: 'node-1',
		requestedAt: '2026-11-23T01:48:00.000Z',
		ringUntil: '2026-11-23T01:48:45.000Z',
		answeredAt: null,
		endedAt: null,
		outcome: null,
		conclusion: null,
		conclusionNote: null,
		declineReason: null,
		declineNote: null,
		mediaLost: false,
		calledBack: false,
		...change,
	};
}
