import { createHash, randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { EVENTS } from '@counter-hub/hub-server/features/timeline/EventStore.ts';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { connectMongo } from '@counter-hub/hub-server/platform/mongo.ts';
import { canonicalJson } from '@counter-hub/shared/timeline/canonicalJson.ts';
import { newDatabase } from '../platform/mongod.ts';
import { joined, newSubject, newTimelines, noted, versions } from './newTimelines.ts';

/** The chain of a subject as 0.1.0 wrote it: the session and its version stand in the event, and under its hash. */
function chainOf010(subject: string, sessionId: string) {
	let prevHash = '0'.repeat(64);
	const data = { participantId: randomUUID(), gapMs: null };
	const session = (version: number) => ({
		type: 'session.joined',
		actor: noted('').actor,
		data,
		sessionId,
		version,
	});
	return [
		noted('before'),
		session(1),
		// Its hub died half-way: the third is still to be appended.
		{ ...session(2), rest: [session(3)] },
	].map((draft, i) => {
		const event = {
			...draft,
			subject,
			seq: i + 1,
			at: new Date(1_700_000_000_000 + i),
			commandId: `old-${i}`,
			prevHash,
		};
		const text = canonicalJson({ ...event, at: event.at.toISOString() });
		prevHash = createHash('sha256').update(text).digest('hex');
		return { ...event, hash: prevHash };
	});
}

test('T-4 T-8 the events of 0.1.0 are found, verified and gone on from, and their versions are still taken', async () => {
	const { url } = newDatabase();
	const before = await connectMongo(url);
	onTestFinished(() => before.close());
	const [subject, sessionId] = [newSubject(), randomUUID()];
	const events = before.collection(EVENTS);
	await events.createIndexes([
		{
			key: { sessionId: 1, version: 1 },
			name: 'session',
			unique: true,
			partialFilterExpression: { sessionId: { $exists: true } },
		},
	]);
	await events.insertMany(chainOf010(subject, sessionId));

	const { timelines, connection } = await newTimelines({ url });
	expect(await timelines.state(versions, sessionId)).toEqual({ version: 2 });
	await timelines.append({
		subject,
		commandId: randomUUID(),
		reads: [[versions, sessionId]],
		decide: (view) => [joined(sessionId, (view.state(versions, sessionId)?.version ?? 0) + 1)],
	});
	// The command that was cut off came first.
	expect(await timelines.state(versions, sessionId)).toEqual({ version: 4 });
	expect(await verifyTimelines(connection)).toMatchObject({ events: 5, faulty: 0 });
	expect((await timelines.page(subject, { limit: 10 })).events.map(({ about }) => about)).toEqual([
		undefined,
		...Array.from({ length: 4 }, () => ({ sessionId })),
	]);
	const again = {
		machine: `session:${sessionId}`,
		version: 1,
		subject: newSubject(),
		seq: 1,
		commandId: 'x',
	};
	await expect(connection.collection(EVENTS).insertOne(again)).rejects.toMatchObject({ code: 11000 });
	// A second start finds nothing left to do.
	await newTimelines({ url });
});
