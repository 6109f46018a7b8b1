import { expect } from 'vitest';
import type { TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';
import type { TestHub } from '../../platform/newHub.ts';
import { allEvents } from '../expectNothingLost.ts';
import type { Seat } from '../Seat.ts';

const ENDS = new Set([
	'session.declined',
	'session.cancelled',
	'session.missed',
	'session.failed',
	'session.concluded',
	'session.ended',
	'session.abandoned',
]);
const ONCE = ['session.requested', 'session.ringing', 'session.answered'];

/**
 * Each call's timeline says what happened, once and in order: versions without a gap, one end at most, nobody there who
 * never sat down, and nobody gone more often than the line ended.
 */
export async function expectCallsTold(registry: TestHub, seats: readonly Seat[]): Promise<void> {
	const events = (await allEvents(registry)).filter(({ about }) => about?.sessionId !== undefined);
	for (const [sessionId, own] of Map.groupBy(events, ({ about }) => about?.sessionId)) {
		const types: string[] = own.map(({ type }) => type);
		const told = `${String(sessionId)}: ${types.join(', ')}`;
		// Only events of the machine bear a version.
		const versions = own.flatMap(({ version }) => (version === undefined ? [] : [version]));
		expect(versions, told).toEqual(versions.map((_, i) => i + 1));
		expect(types[0], told).toBe('session.requested');
		for (const type of ONCE) expect(types.filter((each) => each === type).length, told).toBeLessThan(2);
		expectOnlyWhoSat(
			own,
			seats.filter((seat) => seat.sessionId === sessionId),
			told,
		);
		const end = types.findIndex((type) => ENDS.has(type));
		if (end >= 0)
			expect(
				types.filter((type) => ENDS.has(type)),
				told,
			).toHaveLength(1);
	}
}

function expectOnlyWhoSat(events: readonly TimelineEvent[], seats: readonly Seat[], told: string): void {
	const times = Map.groupBy(
		events.flatMap(({ type, data }) =>
			(type === 'session.joined' || type === 'session.left') && 'participantId' in data
				? [`${type} ${data.participantId}`]
				: [],
		),
		(each) => each,
	);
	for (const [what, each] of times) {
		const participantId = what.split(' ')[1];
		const attempts = seats
			.filter((seat) => seat.participantId === participantId)
			.reduce((sum, seat) => sum + seat.attempts, 0);
		expect(each.length, `${what}: ${told}`).toBeLessThanOrEqual(attempts);
	}
}
