import { describe, expect, test } from 'vitest';
import type { EventActor } from '@counter-hub/shared/timeline/eventActor.ts';
import type { TimelineEvent } from '../timeline/types.ts';
import { caseProjection, shownState, type CaseFold } from './caseProjection.ts';

const CLERK = '00000000-0000-4000-8000-000000000001';
const APPROVER = '00000000-0000-4000-8000-000000000002';
const [origin, permit] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];
const actor: EventActor = {
	kind: 'staff',
	staffId: CLERK,
	role: 'clerk',
	cityCode: '310117',
	counterId: origin,
	windowId: null,
	duty: 'receiving',
};
const party = (staffId: string) => ({
	participantId: staffId,
	staffId,
	counterId: origin,
	cityCode: '310117' as const,
	duty: 'receiving' as const,
	windowId: null,
});
const DATA: Record<string, object> = {
	'case.opened': {
		caseNo: 'SJ-261123-0001',
		itemNo: 5,
		enterpriseName: '甲',
		uscc: 'X',
		usccWarning: false,
		personId: 'p',
		originCity: '310117',
		originCounterId: origin,
		permitCity: '330100',
		permitCounterId: permit,
		demo: false,
	},
	'session.requested': { caller: party(CLERK) },
	'session.answered': { callee: party(APPROVER) },
};

/** Folds events given as `type` or `type:session`, one a minute. */
function fold(...steps: string[]): CaseFold | undefined {
	let state: CaseFold | undefined;
	for (const [index, step] of steps.entries()) {
		const [type = '', sessionId, conclusion] = step.split(':');
		const event = {
			type,
			at: new Date(index * 60_000),
			actor,
			about: sessionId === undefined ? {} : { sessionId },
			data: DATA[type] ?? { conclusion },
		} as unknown as TimelineEvent;
		state = caseProjection.apply(state, event);
	}
	return state;
}
const CALL = ['session.requested:s1', 'session.ringing:s1', 'session.answered:s1'];

describe('a case as the fold of its timeline', () => {
	test('opened', () => {
		expect(fold('case.opened')).toMatchObject({
			state: 'open',
			counters: [origin, permit],
			cities: ['310117', '330100'],
			staff: [CLERK],
			sessions: [],
		});
		expect(fold('person.unmasked')).toBeUndefined();
	});

	test('a call that is answered shows it in session and leaves its own state; both people have it among their cases', () => {
		const live = fold('case.opened', ...CALL);
		expect(live && shownState(live)).toBe('inSession');
		expect(live).toMatchObject({
			state: 'open',
			staff: [CLERK, APPROVER],
			sessions: [{ id: 's1', state: 'active', answeredAt: new Date(3 * 60_000) }],
		});
	});

	test.each([
		['pass', 'passed'],
		['correction', 'correction'],
		['rejectionAdvised', 'rejectionAdvised'],
		['contactLater', 'contactPending'],
	])('V10 the conclusion %s leaves it %s', (conclusion, state) => {
		const after = fold('case.opened', ...CALL, `session.concluded:s1:${conclusion}`);
		expect(after && shownState(after)).toBe(state);
		expect(after).toMatchObject({ state, sessions: [{ state: 'ended', outcome: 'concluded', conclusion }] });
	});

	test.each(['session.ended', 'session.abandoned'])('%s returns it to where it stood before', (type) => {
		expect(fold('case.opened', ...CALL, `${type}:s1`)).toMatchObject({ state: 'open' });
		const again = CALL.map((step) => step.replace('s1', 's2'));
		expect(
			fold('case.opened', ...CALL, 'session.concluded:s1:correction', ...again, `${type}:s2`),
		).toMatchObject({ state: 'correction', sessions: [{ id: 's1' }, { id: 's2', conclusion: null }] });
	});

	test('calls that came to nothing do not move it', () => {
		for (const type of ['session.declined', 'session.cancelled', 'session.missed', 'session.failed']) {
			const after = fold('case.opened', 'session.requested:s1', `${type}:s1`);
			expect(after).toMatchObject({ state: 'open', sessions: [{ state: 'ended' }] });
		}
	});

	test('the latest fifty calls stay in view', () => {
		const calls = Array.from({ length: 60 }, (_, i) => [`session.requested:s${i}`, `session.missed:s${i}`]);
		const after = fold('case.opened', ...calls.flat());
		expect(after?.sessions).toHaveLength(50);
		expect(after?.sessions.at(-1)?.id).toBe('s59');
	});
});
