import { describe, expect, it } from 'vitest';
import { isLive, mayConclude, phaseAfter, sidesOf } from '../../web/src/features/sessions/callState.ts';
import {
	withChange,
	withRinging,
	withTruth,
	type Incoming,
} from '../../web/src/features/sessions/incoming.ts';
import { orderedSources, shownSource } from '../../web/src/features/sessions/stageSource.ts';
import { party, session } from './callFixtures.ts';

const ring = (change: Parameters<typeof session>[0] = {}): Incoming => ({
	session: session(change),
	admission: null,
});

describe('V2 the list of incoming calls', () => {
	it('puts the longest waiting call first', () => {
		const later = ring({ id: 's-2', requestedAt: '2026-11-23T01:49:00.000Z' });
		const list = withRinging(withRinging([], later), ring());
		expect(list.map((one) => one.session.id)).toEqual(['s-1', 's-2']);
	});

	it('ignores what is older than what is known', () => {
		const list = withRinging([], ring({ version: 3, note: 'new' }));
		expect(withRinging(list, ring({ version: 2, note: 'old' }))).toBe(list);
	});

	it('says who answered when it was a colleague, and is silent about the own answer', () => {
		const answered = session({ version: 3, state: 'active', callee: party('han', 'permit') });
		const list = withRinging([], ring());
		expect(withChange(list, answered, 'xu')).toMatchObject({ list: [], end: { kind: 'answered' } });
		expect(withChange(list, answered, 'han')).toEqual({ list: [], end: null });
	});

	it.each(['declined', 'cancelled', 'missed', 'failed'] as const)('says that a call was %s', (outcome) => {
		const ended = session({ version: 3, state: 'ended', outcome });
		expect(withChange([ring()], ended, 'xu').end?.kind).toBe(outcome);
	});

	it('keeps admissions at hand when the hub tells the truth after a reconnect', () => {
		const admission = { token: 't' } as unknown as NonNullable<Incoming['admission']>;
		const known: Incoming = { session: session(), admission };
		expect(withTruth([known], [session({ version: 4 })], [])[0]?.admission).toBe(admission);
		expect(withTruth([known], [], [])).toEqual([]);
		const fresh = { ...admission, roomId: known.session.id };
		expect(withTruth([], [known.session], [fresh])[0]?.admission).toBe(fresh);
	});
});

describe('V3 where the page stands in its call', () => {
	const active = session({ version: 3, state: 'active', callee: party('xu', 'permit') });
	const ended = session({
		version: 4,
		state: 'ended',
		outcome: 'unconcluded',
		callee: party('xu', 'permit'),
	});

	it('goes from outgoing over in call to ended', () => {
		const talking = phaseAfter({ kind: 'outgoing', session: session() }, active);
		expect(talking.kind).toBe('inCall');
		expect(phaseAfter(talking, ended).kind).toBe('ended');
	});

	it('never goes back to an older version', () => {
		const phase = phaseAfter({ kind: 'inCall', session: active }, ended);
		expect(phaseAfter(phase, active)).toBe(phase);
	});

	it('leaves other sessions alone', () => {
		const phase = { kind: 'inCall', session: active } as const;
		expect(phaseAfter(phase, { ...ended, id: 's-9' })).toBe(phase);
	});

	it('forgets a call of another page when it ends', () => {
		expect(phaseAfter({ kind: 'held', session: active, elsewhere: true }, ended)).toEqual({ kind: 'idle' });
	});

	it('knows both sides and lets the permit side conclude', () => {
		expect(sidesOf(active, 'xu')).toMatchObject({ own: { duty: 'permit' }, other: { staffId: 'chen' } });
		expect(sidesOf(active, 'nobody')).toBeNull();
		expect(mayConclude(active, 'xu')).toBe(true);
		expect(mayConclude(active, 'chen')).toBe(false);
		expect(mayConclude(ended, 'xu')).toBe(false);
	});

	it('counts ringing out and talking as live', () => {
		expect(isLive({ kind: 'outgoing', session: session() })).toBe(true);
		expect(isLive({ kind: 'held', session: active, elsewhere: true })).toBe(false);
	});
});

describe('V4 which picture is on the stage', () => {
	const sources = [
		{ key: 'a', kind: 'camera', own: false },
		{ key: 'b', kind: 'document', own: true },
		{ key: 'c', kind: 'camera', own: true },
		{ key: 'd', kind: 'document', own: false },
	] as const;

	it('is the papers of the other side at the permit side, and the own ones at the receiving side', () => {
		expect(shownSource(orderedSources(sources, 'permit'), null, 'permit')?.key).toBe('d');
		expect(shownSource(orderedSources(sources, 'receiving'), null, 'receiving')?.key).toBe('b');
	});

	it('is the chosen one while it lasts; the own face never', () => {
		const ordered = orderedSources(sources, 'permit');
		expect(shownSource(ordered, 'a', 'permit')?.key).toBe('a');
		expect(shownSource(ordered, 'gone', 'permit')?.key).toBe('d');
		expect(ordered.some((one) => one.key === 'c')).toBe(false);
	});
});
