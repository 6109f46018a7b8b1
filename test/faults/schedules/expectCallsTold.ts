import { expect } from 'vitest';
import type { TestHub } from '../../platform/newHub.ts';
import { allEvents } from '../expectNothingLost.ts';

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

/** Each call's timeline says what happened, once and in order: versions without a gap, one end at most, nobody gone who never came. */
export async function expectCallsTold(registry: TestHub): Promise<void> {
	const events = (await allEvents(registry)).filter(({ about }) => about?.sessionId !== undefined);
	for (const [sessionId, own] of Map.groupBy(events, ({ about }) => about?.sessionId)) {
		const types: string[] = own.map(({ type }) => type);
		const told = `${String(sessionId)}: ${types.join(', ')}`;
		// Only events of the machine bear a version.
		const versions = own.flatMap(({ version }) => (version === undefined ? [] : [version]));
		expect(versions, told).toEqual(versions.map((_, i) => i + 1));
		expect(types[0], told).toBe('session.requested');
		for (const type of ONCE) expect(types.filter((each) => each === type).length, told).toBeLessThan(2);
		const end = types.findIndex((type) => ENDS.has(type));
		if (end >= 0)
			expect(
				types.filter((type) => ENDS.has(type)),
				told,
			).toHaveLength(1);
	}
}
