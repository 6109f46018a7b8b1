import { expect, onTestFinished } from 'vitest';
import { TestPeer } from '../media/TestPeer.ts';
import { eventually } from '../platform/eventually.ts';
import type { Processes } from '../platform/processes.ts';
import { eventsOfSession } from './expectNothingLost.ts';

/** Enters the room and says what this page can receive. */
export async function enter({ signalUrl, token }: { signalUrl: string; token: string }): Promise<TestPeer> {
	const peer = await TestPeer.join(signalUrl, { token });
	onTestFinished(() => {
		peer.close();
	});
	await peer.ready();
	return peer;
}

/** What the timeline says of a session, in order and nothing else. */
export async function expectTypes(processes: Processes, sessionId: string, types: string[]): Promise<void> {
	await eventually(async () => {
		const events = await eventsOfSession(processes.registry, sessionId);
		expect(events.map(({ type }) => type.replace('session.', ''))).toEqual(types);
	});
}
