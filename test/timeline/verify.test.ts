import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { newSubject, newTimelines, note, type TestTimelines } from './newTimelines.ts';

async function threeTimelines(): Promise<TestTimelines & { subject: string }> {
	const test = await newTimelines();
	const subjects = [newSubject(), newSubject(), newSubject()];
	await Promise.all(
		subjects.flatMap((subject) =>
			Array.from({ length: 20 }, (_, i) => test.timelines.append(note(subject, `${i}`))),
		),
	);
	await test.timelines.flushProjections();
	return { ...test, subject: subjects[1]! };
}

test('T-8 whole chains verify', async () => {
	const { connection, subject } = await threeTimelines();
	expect(await verifyTimelines(connection)).toEqual({ timelines: 3, events: 60, faulty: 0, faults: [] });
	expect(await verifyTimelines(connection, subject)).toEqual({
		timelines: 1,
		events: 20,
		faulty: 0,
		faults: [],
	});
});

test.each([
	['a changed fact', 7, { $set: { 'data.reason': 'forged' } }, ['is not what its hash was made of']],
	['a changed actor', 7, { $set: { 'actor.by': 'deadline' } }, ['is not what its hash was made of']],
	['a changed time', 7, { $set: { at: new Date(0) } }, ['is older than', 'is not what its hash was made of']],
	['an added field', 7, { $set: { 'data.more': 1 } }, ['is not what its hash was made of']],
])('T8 %s is found', async (_what, seq, change, expected) => {
	const { connection, timelines, subject } = await threeTimelines();
	await timelines.store.events.updateOne({ subject, seq }, change);
	const { faulty, faults } = await verifyTimelines(connection);
	expect(faulty).toBe(expected.length);
	expect(faults).toEqual(
		expected.map((fault) => ({ subject, seq, fault: expect.stringContaining(fault) as string })),
	);
});

test('T-8 a removed event, a removed end and a removed timeline are found', async () => {
	const { connection, timelines, subject } = await threeTimelines();
	await timelines.store.events.deleteOne({ subject, seq: 5 });
	const { faults: gap } = await verifyTimelines(connection);
	expect(gap).toMatchObject([
		{ subject, seq: 6, fault: 'stands where 5 is expected' },
		{ subject, seq: 6, fault: 'does not join on to the event before it' },
	]);
	await timelines.store.events.deleteMany({ subject, seq: { $gt: 4 } });
	const { faults: cut } = await verifyTimelines(connection, subject);
	expect(cut).toEqual([{ subject, seq: 20, fault: 'ends at 4, but once had 20 events' }]);
	await timelines.store.events.deleteMany({ subject });
	const { faults: gone } = await verifyTimelines(connection);
	expect(gone).toEqual([{ subject, seq: 20, fault: 'ends at 0, but once had 20 events' }]);
});

test('T-8 the command says 0 for whole chains, 1 and the place for broken ones, 2 where it cannot look', async () => {
	const { timelines, subject, url } = await threeTimelines();
	const command = new URL('../../hub-server/src/features/timeline/verify.ts', import.meta.url).pathname;
	const verify = (mongoUrl: string, ...args: string[]) =>
		promisify(execFile)(process.execPath, [command, ...args], {
			env: { ...process.env, MONGODB_URL: mongoUrl },
		});
	expect((await verify(url)).stdout).toContain('60 events on 3 timelines');
	await timelines.store.events.updateOne({ subject, seq: 9 }, { $set: { 'data.reason': 'forged' } });
	await expect(verify(url, '--json', '--subject', subject)).rejects.toMatchObject({
		code: 1,
		stdout: expect.stringContaining('"seq":9') as string,
	});
	await expect(verify(url, '--subject', 'case:nobody')).rejects.toMatchObject({
		code: 2,
		stderr: 'Not verified: there is no timeline case:nobody\n',
	});
	await expect(verify('')).rejects.toMatchObject({
		code: 2,
		stderr: 'Not verified: MONGODB_URL is required\n',
	});
});
