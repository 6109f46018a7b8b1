import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/AppError.ts';
import { LIMITS } from '../limits/limits.ts';
import type { EventActor } from '../timeline/eventActor.ts';
import { applySessionEvent, type SessionEvent } from './applySessionEvent.ts';
import type { Session } from './Session.ts';
import { transition, type SessionCommand, type SessionEventDraft } from './sessionMachine.ts';

const actor: EventActor = { kind: 'system', by: 'hub' };
const caller = {
	participantId: 'a',
	staffId: 'clerk',
	counterId: 'songjiang',
	cityCode: '310117' as const,
	duty: 'receiving' as const,
	windowId: null,
};
const callee = {
	...caller,
	participantId: 'b',
	staffId: 'approver',
	counterId: 'hangzhou',
	cityCode: '330100' as const,
	duty: 'permit' as const,
};
const request: SessionCommand = {
	type: 'request',
	sessionId: 's',
	purpose: 'guidance',
	note: '',
	caller,
	toCounterId: 'hangzhou',
	toCity: '330100',
	toDuty: 'permit',
	callsBack: null,
};
const start = Date.parse('2026-11-23T01:00:00Z');
const iso = (ms: number) => new Date(start + ms).toISOString();

const fold = (session: Session | null, drafts: SessionEventDraft[], ms: number) =>
	drafts.reduce<Session | null>(
		(state, draft) => applySessionEvent(state, { ...draft, at: iso(ms) } as SessionEvent),
		session,
	);
function run(session: Session | null, command: SessionCommand, ms = 0): Session {
	const next = fold(session, transition(session, command, { actor, now: start + ms }), ms);
	if (!next) throw new Error('no session');
	return next;
}
const ringing = () => run(run(null, request), { type: 'ring', nodeId: 'n', ringUntil: iso(45_000) });
const active = () => run(ringing(), { type: 'answer', callee }, 1_000);
const refused = (session: Session, command: SessionCommand) => {
	try {
		transition(session, command, { actor, now: start });
	} catch (error) {
		return error instanceof AppError ? error.key : error;
	}
	return 'accepted';
};

describe('V3 session states', () => {
	it('V3 goes requested → ringing → active → ended with a conclusion', () => {
		expect(run(null, request).state).toBe('requested');
		expect(ringing().state).toBe('ringing');
		expect(active()).toMatchObject({ state: 'active', callee: { staffId: 'approver' }, version: 3 });
		const ended = run(active(), {
			type: 'conclude',
			conclusion: 'correction',
			note: '补日期',
			duty: 'permit',
		});
		expect(ended).toMatchObject({
			state: 'ended',
			outcome: 'concluded',
			conclusion: 'correction',
			conclusionNote: '补日期',
		});
	});

	it('V3 a second answer is refused, a repeated one of the same person changes nothing', () => {
		const other = { ...callee, staffId: 'other', participantId: 'c' };
		expect(refused(active(), { type: 'answer', callee: other })).toBe('alreadyAnswered');
		expect(transition(active(), { type: 'answer', callee }, { actor, now: start })).toEqual([]);
	});

	it('V10 only the permit side concludes, and only a live session', () => {
		expect(refused(active(), { type: 'conclude', conclusion: 'pass', note: '', duty: 'receiving' })).toBe(
			'notAllowed',
		);
		expect(refused(ringing(), { type: 'conclude', conclusion: 'pass', note: '', duty: 'permit' })).toBe(
			'notInThisState',
		);
	});

	it('V3 only the caller cancels, only its people hang up, and only while it is possible', () => {
		expect(refused(ringing(), { type: 'cancel', staffId: 'approver' })).toBe('notAllowed');
		expect(run(ringing(), { type: 'cancel', staffId: 'clerk' }).outcome).toBe('cancelled');
		expect(refused(active(), { type: 'cancel', staffId: 'clerk' })).toBe('notInThisState');
		expect(refused(active(), { type: 'hangUp', staffId: 'stranger' })).toBe('notAllowed');
		expect(run(active(), { type: 'hangUp', staffId: 'approver' }).outcome).toBe('unconcluded');
	});

	it('V3 is missed only after the ringing time, and never once answered', () => {
		expect(transition(ringing(), { type: 'expire' }, { actor, now: start + 44_000 })).toEqual([]);
		expect(run(ringing(), { type: 'expire' }, 45_000).outcome).toBe('missed');
		expect(transition(active(), { type: 'expire' }, { actor, now: start + 90_000 })).toEqual([]);
	});

	it('S-7 what is told late is dated when it was seen, but never in the future; lost media are a deadline', () => {
		const seen = (ms: number) => ({
			...{ nodeId: 'n', at: start + ms, nodeAt: start },
			place: { epoch: 1, n: ms },
		});
		const both = run(
			run(active(), { type: 'participantJoined', participantId: 'a' }, 1_000),
			{ type: 'participantJoined', participantId: 'b' },
			1_000,
		);
		const lost = run(both, { type: 'mediaLost', reason: 'x', seen: seen(2_000) }, 60_000);
		expect(lost).toMatchObject({ mediaLostAt: iso(2_000), abandonAt: iso(660_000) });
		const [restored] = transition(
			lost,
			{ type: 'mediaRestored', seen: seen(9_999_999) },
			{ actor, now: start + 70_000 },
		);
		expect(restored?.data).toMatchObject({ gapMs: 68_000, occurredAt: iso(70_000), nodeAt: iso(0) });
		const left = run(lost, { type: 'participantLeft', participantId: 'a', reason: 'x' }, 80_000);
		expect(left.abandonAt).toBe(iso(660_000));
		expect(run(left, { type: 'mediaRestored' }, 90_000).abandonAt).toBeNull();
	});

	it('A1 N-5 what a node told before what is on record changes nothing, however late a hub comes with it', () => {
		const seen = (epoch: number, n: number) => ({
			...{ nodeId: 'n', at: start, nodeAt: start },
			place: { epoch, n },
		});
		const told = (
			type: 'participantJoined' | 'participantLeft',
			epoch: number,
			n: number,
		): SessionCommand => {
			const fact = { participantId: 'a', seen: seen(epoch, n) };
			return type === 'participantJoined' ? { type, ...fact } : { type, reason: 'left', ...fact };
		};
		const back = [
			told('participantJoined', 1, 1),
			told('participantLeft', 1, 2),
			told('participantJoined', 1, 4),
		];
		const session = back.reduce((before, command) => run(before, command), active());
		expect(session.nodePlace).toEqual({ epoch: 1, n: 4 });
		const refuses = (command: SessionCommand) =>
			expect(transition(session, command, { actor, now: start + 9_000 })).toEqual([]);
		refuses(told('participantLeft', 1, 3));
		// What a hub concludes itself does not move the place.
		const left = run(session, { type: 'participantLeft', participantId: 'a', reason: 'connection-lost' });
		expect(left.nodePlace).toEqual({ epoch: 1, n: 4 });
		const restarted = run(left, told('participantJoined', 2, 1));
		expect(transition(restarted, told('participantLeft', 1, 9), { actor, now: start })).toEqual([]);
		const lost = { type: 'mediaLost', reason: 'node-lost' } as const;
		expect(transition(restarted, { ...lost, epoch: 1 }, { actor, now: start })).toEqual([]);
		expect(run(restarted, { ...lost, epoch: 2 }).mediaLostAt).not.toBeNull();
	});

	it('X6 B-10 a room moves while it rings, or when its media have been away until the deadline, and not before', () => {
		const move = { type: 'move', nodeId: 'o', missed: false } as const;
		const told = (nodeId: string): SessionCommand => ({
			type: 'participantJoined',
			participantId: 'a',
			seen: { nodeId, at: start, nodeAt: start, place: { epoch: nodeId === 'n' ? 9 : 2, n: 1 } },
		});
		expect(run(ringing(), move)).toMatchObject({ nodeId: 'o', moveAt: null });
		const there = run(active(), told('n'));
		expect(transition(there, move, { actor, now: start + 999_999 })).toEqual([]);
		const lost = run(there, { type: 'mediaLost', reason: 'node-lost' }, 1_000);
		const due = LIMITS.homeAwayMs + 1_000;
		expect(transition(lost, move, { actor, now: start + due - 1 })).toEqual([]);
		// Sooner where a page misses the node as well.
		const missed = { ...move, missed: true };
		expect(transition(there, missed, { actor, now: start + 999_999 })).toEqual([]);
		const missedAt = start + 1_000 + LIMITS.homeMissedMs;
		expect(transition(lost, missed, { actor, now: missedAt - 1 })).toEqual([]);
		expect(transition(lost, missed, { actor, now: missedAt })).toHaveLength(1);
		const moved = run(lost, move, due);
		expect(moved).toMatchObject({ nodeId: 'o', nodePlace: null, rightsVersion: moved.version });
		expect(moved.mediaLostAt).not.toBeNull();
		// Not at once again, nor to where it is.
		const later = { actor, now: start + due + LIMITS.homeAwayMs };
		expect(transition(moved, { ...move, nodeId: 'p' }, { actor, now: later.now - 1 })).toEqual([]);
		expect(transition(moved, { ...move, nodeId: 'p' }, later)).toHaveLength(1);
		expect(transition(moved, move, later)).toEqual([]);
		// What the former home tells late is of no account; the new one was started before it.
		const left = run(moved, { type: 'participantLeft', participantId: 'a', reason: 'connection-lost' }, due);
		expect(transition(left, told('n'), later)).toEqual([]);
		expect(run(left, told('o'), due).present).toHaveProperty('a');
		expect(run(moved, { type: 'mediaRestored' }, due).moveAt).toBeNull();
	});

	it('S-10 rights have a version of their own: it rises with the answer and with a removal, and with nothing else', () => {
		expect(ringing().rightsVersion).toBe(1);
		const answered = active();
		expect(answered.rightsVersion).toBe(answered.version);
		const joined = run(answered, { type: 'participantJoined', participantId: 'b' });
		expect(joined.rightsVersion).toBe(answered.version);
		const removed = run(joined, { type: 'remove', participantId: 'b', reason: 'rights' });
		expect(removed.rightsVersion).toBe(joined.version + 1);
		expect(
			transition(removed, { type: 'remove', participantId: 'b', reason: 'rights' }, { actor, now: start }),
		).toEqual([]);
		const left = run(removed, { type: 'participantLeft', participantId: 'b', reason: 'removed' });
		const again = run(left, { type: 'participantJoined', participantId: 'b' });
		expect(again.rightsVersion).toBe(removed.version);
		expect(run(again, { type: 'remove', participantId: 'b', reason: 'rights' }).rightsVersion).toBe(
			again.version + 1,
		);
	});

	it('V3 both sides gone for ten minutes is abandoned; a return in time is a gap on the timeline', () => {
		const joined = run(run(active(), { type: 'participantJoined', participantId: 'a' }), {
			type: 'participantJoined',
			participantId: 'b',
		});
		const alone = run(
			joined,
			{ type: 'participantLeft', participantId: 'a', reason: 'connection-lost' },
			5_000,
		);
		expect(alone.abandonAt).toBeNull();
		const empty = run(
			alone,
			{ type: 'participantLeft', participantId: 'b', reason: 'connection-lost' },
			6_000,
		);
		expect(empty.abandonAt).toBe(iso(606_000));
		expect(transition(empty, { type: 'abandon' }, { actor, now: start + 605_000 })).toEqual([]);
		expect(run(empty, { type: 'abandon' }, 606_000).outcome).toBe('abandoned');
		const back = transition(
			empty,
			{ type: 'participantJoined', participantId: 'a' },
			{ actor, now: start + 65_000 },
		);
		expect(back).toMatchObject([{ type: 'session.joined', data: { gapMs: 60_000 } }]);
		expect(fold(empty, back, 65_000)?.abandonAt).toBeNull();
	});

	it('V3 no sequence of commands leaves an ended session, skips a version or throws anything but an AppError', () => {
		const command: fc.Arbitrary<SessionCommand> = fc.oneof(
			fc.constant(request),
			fc.constant<SessionCommand>({ type: 'ring', nodeId: 'n', ringUntil: iso(45_000) }),
			fc.constant<SessionCommand>({ type: 'fail', errorCode: 'CALL-5008' }),
			fc
				.constantFrom(callee, { ...callee, staffId: 'x', participantId: 'x' })
				.map((who): SessionCommand => ({ type: 'answer', callee: who })),
			fc.constant<SessionCommand>({ type: 'decline', reason: 'busy', note: '' }),
			fc.constantFrom('clerk', 'approver').map((staffId): SessionCommand => ({ type: 'cancel', staffId })),
			fc
				.constantFrom('clerk', 'approver', 'x')
				.map((staffId): SessionCommand => ({ type: 'hangUp', staffId })),
			fc.constant<SessionCommand>({ type: 'expire' }),
			fc.constant<SessionCommand>({ type: 'abandon' }),
			fc
				.constantFrom('a', 'b', 'z')
				.map((participantId): SessionCommand => ({ type: 'participantJoined', participantId })),
			fc
				.constantFrom('a', 'b', 'z')
				.map((participantId): SessionCommand => ({ type: 'participantLeft', participantId, reason: 'left' })),
			fc.constant<SessionCommand>({ type: 'mediaLost', reason: 'worker-died' }),
			fc.constant<SessionCommand>({ type: 'remove', participantId: 'b', reason: 'rights' }),
			fc.constant<SessionCommand>({ type: 'mediaRestored' }),
			fc.constantFrom('n', 'o').map((nodeId): SessionCommand => ({ type: 'move', nodeId, missed: true })),
			fc
				.constantFrom('permit' as const, 'receiving' as const)
				.map((duty): SessionCommand => ({ type: 'conclude', conclusion: 'pass', note: '', duty })),
		);
		fc.assert(
			fc.property(fc.array(fc.tuple(command, fc.nat(700_000)), { maxLength: 40 }), (steps) => {
				let session: Session | null = null;
				let clock = 0;
				for (const [next, wait] of steps) {
					clock += wait;
					const before: Session | null = session;
					try {
						session = fold(before, transition(before, next, { actor, now: start + clock }), clock);
					} catch (error) {
						expect(error).toBeInstanceOf(AppError);
						continue;
					}
					if (!before || !session) continue;
					expect(session.version - before.version).toBeLessThanOrEqual(1);
					if (before.state === 'ended') expect(session).toEqual(before);
					if (session.state === 'ended') expect(session.outcome).not.toBeNull();
				}
			}),
			{ numRuns: 500 },
		);
	});
});
