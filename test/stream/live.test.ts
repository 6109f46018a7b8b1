import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { LiveFeed } from '@counter-hub/hub-server/platform/stream/LiveFeed.ts';
import type { TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';
import { eventually } from '../platform/eventually.ts';
import { newDatabase, startMongod } from '../platform/mongod.ts';
import { newSubject, newTimelines, note } from '../timeline/newTimelines.ts';
import { foreignPlace } from './foreignPlace.ts';

/** A hub's timelines, and what one of its listeners has heard. */
async function listening(url: string) {
	const heard: TimelineEvent[] = [];
	const hub = await newTimelines({
		url,
		register: (timelines) =>
			timelines.live({ name: 'test', kind: 'case', onEvents: (events) => void heard.push(...events) }),
	});
	return { ...hub, heard };
}
const placesOf = (heard: readonly TimelineEvent[], subject: string) =>
	heard.filter((event) => event.subject === subject).map(({ seq }) => seq);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('X-1 every hub hears what any hub appended: once, in order', async () => {
	const { url } = newDatabase();
	const hubs = [await listening(url), await listening(url), await listening(url)];
	const subjects = [newSubject(), newSubject()];
	await Promise.all(
		hubs.flatMap(({ timelines }) =>
			Array.from({ length: 60 }, (_, i) => timelines.append(note(subjects[i % 2]!, `${i}`))),
		),
	);
	for (const { heard } of hubs) {
		for (const subject of subjects) await expect.poll(() => placesOf(heard, subject)).toEqual(upTo(90));
		expect(heard[0]).not.toHaveProperty('_id');
	}
});

test('X-1 a listener that throws, and one that hangs, keep nobody from hearing', async () => {
	const { url } = newDatabase();
	const calm: string[] = [];
	let thrown = 0;
	const { timelines } = await newTimelines({
		url,
		register: (made) => {
			made.live({
				name: 'throws',
				kind: 'case',
				onEvents: () => {
					thrown++;
					throw new Error('a fault of the listener');
				},
			});
			made.live({ name: 'hangs', kind: 'case', onEvents: () => new Promise(() => undefined) });
			made.live({ name: 'other kind', kind: 'staff', onEvents: () => expect.unreachable() });
			made.live({
				name: 'calm',
				kind: 'case',
				onEvents: (events) => void calm.push(...events.map(({ subject }) => subject)),
			});
		},
	});
	const subjects = [newSubject(), newSubject(), newSubject()];
	for (const subject of subjects) {
		await timelines.append(note(subject, 'heard'));
		await expect.poll(() => calm).toContain(subject);
	}
	expect(calm).toEqual(subjects);
	expect(thrown).toBe(3);
});

test('X-1 over kill -9 of mongod every hub hears every event once, in order', async () => {
	let mongod = await startMongod();
	onTestFinished(() => mongod.remove());
	const hubs = [await listening(mongod.url), await listening(mongod.url)];
	const subjects = [newSubject(), newSubject()];
	let isOver = false;
	const written = new Map(subjects.map((subject) => [subject, 0]));
	const writers = hubs.flatMap(({ timelines }) =>
		subjects.map(async (subject) => {
			while (!isOver) {
				const command = note(subject, 'more');
				const send = () => timelines.append(command);
				await send().catch(send);
				written.set(subject, written.get(subject)! + 1);
			}
		}),
	);
	for (let round = 0; round < 2; round++) {
		await pause(300);
		process.kill(mongod.pid, 'SIGKILL');
		await mongod.exited;
		mongod = await startMongod(mongod.folder);
	}
	await pause(300);
	isOver = true;
	await Promise.all(writers);
	for (const { heard, timelines } of hubs) {
		for (const subject of subjects) {
			await eventually(() => {
				expect(placesOf(heard, subject)).toEqual(upTo(written.get(subject)!));
			});
		}
		expect(timelines.isFollowed).toBe(true);
	}
});

test('X-1 a hub that was away longer than the database remembers reads what it missed', async () => {
	const { timelines, connection } = await newTimelines();
	const subject = newSubject();
	const away = new Date();
	for (const text of ['a', 'b', 'c']) await timelines.append(note(subject, text));
	const heard: TimelineEvent[] = [];
	const feed = new LiveFeed({
		title: 'test',
		source: timelines.store.source('case'),
		logger: createLogger('silent'),
		metrics: new Metrics(),
	});
	feed.listen({ name: 'test', hear: (events) => void heard.push(...events) });
	onTestFinished(() => feed.close());
	await feed.start({ token: await foreignPlace(connection), at: away });
	await timelines.append(note(subject, randomUUID()));
	await expect.poll(() => placesOf(heard, subject)).toEqual([1, 2, 3, 4]);
	expect(connection.readyState).toBe(1);
});

test('X-1 a feed that ends by a fault of its own does not call itself open', async () => {
	const { timelines } = await newTimelines();
	const source = timelines.store.source('case');
	const feed = new LiveFeed({
		title: 'test',
		source: {
			...source,
			place: () => {
				throw new Error('a fault');
			},
		},
		logger: createLogger('silent'),
		metrics: new Metrics(),
	});
	onTestFinished(() => feed.close());
	await feed.start();
	expect(feed.isOpen).toBe(true);
	await timelines.append(note(newSubject(), 'heard'));
	await expect.poll(() => feed.isOpen).toBe(false);
});

test('T-7 what a hub appended and could not project before it died another hub projects', async () => {
	const { url } = newDatabase();
	const living = await listening(url);
	// It has no projections at all, as one that is killed before it writes them.
	const dying = await newTimelines({ url, projections: [] });
	const subject = newSubject();
	await dying.timelines.append(note(subject, 'left behind'));
	const collection = living.connection.db!.collection('test_notes');
	await expect.poll(() => collection.findOne({ subject })).toMatchObject({ seq: 1, count: 1 });
});
