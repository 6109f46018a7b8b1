import { expect } from 'vitest';
import { sessionModel } from '@counter-hub/hub-server/features/sessions/Session.model.ts';
import { eventually } from '../../platform/eventually.ts';
import type { TestHub } from '../../platform/newHub.ts';
import type { Processes } from '../../platform/processes.ts';
import type { Seat } from '../Seat.ts';

/** Who sits in the room of a call that goes on is called present. */
export async function expectSeated(registry: TestHub, seats: readonly Seat[]): Promise<void> {
	await eventually(async () => {
		const active = await activeSessions(registry);
		const missing = active.flatMap(({ _id, present }) =>
			seats.filter(
				(seat) => seat.isTaken && seat.sessionId === _id && !Object.hasOwn(present, seat.participantId),
			),
		);
		expect(missing.map(({ sessionId, participantId }) => `${participantId} in ${sessionId}`)).toEqual([]);
	});
}

/** No node holds a room of a call that is over, or a place in one. */
export async function expectRoomsClosed({ registry, nodes }: Processes): Promise<void> {
	await eventually(async () => {
		const { length } = await activeSessions(registry);
		const held = async (what: string) => {
			const counts = await Promise.all(nodes.map(({ ready }) => figureOf(ready.signalUrl, what)));
			return counts.reduce((sum, count) => sum + count, 0);
		};
		expect(await held('media_rooms')).toBeLessThanOrEqual(length);
		expect(await held('media_branch_seats')).toBeLessThanOrEqual(2 * length);
	});
}

const activeSessions = ({ context }: TestHub) =>
	sessionModel(context.connection).find({ state: 'active' }).lean();

async function figureOf(signalUrl: string, name: string): Promise<number> {
	const text = await (await fetch(`${signalUrl}/metrics`)).text();
	return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'm').exec(text)?.[1]);
}
