import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { TimelineJob } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import type { TimelineEvent } from '@counter-hub/hub-server/features/timeline/types.ts';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { connectMongo } from '@counter-hub/hub-server/platform/mongo.ts';
import { Jobs } from '@counter-hub/hub-server/platform/stream/Jobs.ts';
import { Timelines } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import { eventually } from '../platform/eventually.ts';
import { newDatabase, startMongod } from '../platform/mongod.ts';
import { newSubject, note } from '../timeline/newTimelines.ts';
import { foreignPlace } from './foreignPlace.ts';

interface TestJobHub {
	hubId: string;
	timelines: Timelines;
	jobs: Jobs;
	connection: Awaited<ReturnType<typeof connectMongo>>;
	stop: () => Promise<void>;
}

/** The timelines and jobs of a hub. */
async function newJobHub(url: string, ...list: TimelineJob[]): Promise<TestJobHub> {
	const connection = await connectMongo(url);
	const logger = createLogger(process.env['TEST_LOG_LEVEL'] ?? 'silent');
	const hubId = randomUUID();
	const metrics = new Metrics();
	const jobs = new Jobs({ hubId, connection, logger, metrics });
	const timelines = new Timelines({ connection, logger, metrics, now: Date.now, jobs });
	for (const job of list) timelines.job(job);
	await timelines.start();
	await jobs.start();
	let stopped: Promise<void> | undefined;
	const stop = () =>
		(stopped ??= (async () => {
			await jobs.stop();
			await timelines.close();
			await connection.close();
		})());
	onTestFinished(stop);
	return { hubId, timelines, jobs, connection, stop };
}

/** A job that notes what it was given. */
function noting(seen: string[], more: Partial<TimelineJob> = {}): TimelineJob {
	return {
		name: 'test',
		kind: 'case',
		handle: (event) => {
			seen.push(textOf(event));
			return Promise.resolve();
		},
		...more,
	};
}
const textOf = ({ type, data }: TimelineEvent) => (type === 'person.unmasked' ? data.reason : '');
const texts = (n: number) => Array.from({ length: n }, (_, i) => `${i}`);

test('X-3 one hub at a time does a job; what was there before it, too; when it stops another goes on', async () => {
	const { url } = newDatabase();
	const seen: string[] = [];
	const before = await newJobHub(url);
	const subject = newSubject();
	for (const text of ['0', '1']) await before.timelines.append(note(subject, text));
	const one = await newJobHub(url, noting(seen));
	await expect.poll(() => seen).toEqual(['0', '1']);
	const two = await newJobHub(url, noting(seen));
	await two.timelines.append(note(subject, '2'));
	await expect.poll(() => seen).toEqual(['0', '1', '2']);
	expect(await two.jobs.list()).toMatchObject([
		{ name: 'test', holder: one.hubId, parked: 0, isReading: false },
	]);
	await one.stop();
	await two.timelines.append(note(subject, '3'));
	await expect.poll(() => seen).toEqual(['0', '1', '2', '3']);
	expect(await two.jobs.list()).toMatchObject([{ holder: two.hubId }]);
});

test('X-3 what a hub had in hand when it stopped is not done once more by the next', async () => {
	const { url } = newDatabase();
	const seen: string[] = [];
	const subject = newSubject();
	const inHand = Promise.withResolvers<undefined>();
	const goOn = Promise.withResolvers<undefined>();
	const one = await newJobHub(
		url,
		noting(seen, {
			handle: async (event) => {
				inHand.resolve(undefined);
				await goOn.promise;
				seen.push(textOf(event));
			},
		}),
	);
	// What comes while a job reads what was before it stands in what it reads and in the stream.
	await expect
		.poll(() => one.jobs.list())
		.toMatchObject([{ reached: expect.any(Date) as Date, isReading: false }]);
	await one.timelines.append(note(subject, '0'));
	await inHand.promise;
	const stopped = one.stop();
	goOn.resolve(undefined);
	await stopped;
	const two = await newJobHub(url, noting(seen));
	await two.timelines.append(note(subject, '1'));
	await expect.poll(() => seen.at(-1)).toBe('1');
	expect(seen).toEqual(['0', '1']);
});

test('X-3 jobs that begin while events come in miss none of them', async () => {
	const { url } = newDatabase();
	const writer = await newJobHub(url);
	const begun: string[][] = [];
	let written = 0;
	const write = async (subject: string) => {
		while (begun.length < 25) {
			await writer.timelines.append(note(subject, 'x'));
			written++;
		}
	};
	// What the majority does not have yet is not read, and lies before the place of now when others write as well.
	const other = writer.connection.collection('other');
	const hurry = async () => {
		while (begun.length < 25) await other.insertOne({}, { writeConcern: { w: 1 } });
	};
	const writing = Promise.all([
		...Array.from({ length: 4 }, () => write(newSubject())),
		...Array.from({ length: 8 }, hurry),
	]);
	while (begun.length < 25) {
		const seen: string[] = [];
		await newJobHub(url, noting(seen, { name: `job${begun.length}` }));
		begun.push(seen);
	}
	await writing;
	await expect.poll(() => new Set(begun.map(({ length }) => length))).toEqual(new Set([written]));
});

test('X-3 an event that a job cannot handle is parked, and the job and the others go on; a retry settles it', async () => {
	const { url } = newDatabase();
	const [poisoned, calm]: string[][] = [[], []];
	let isHealed = false;
	const hub = await newJobHub(
		url,
		noting(poisoned!, {
			attempts: 2,
			handle: (event) => {
				if (textOf(event) === 'poison' && !isHealed) return Promise.reject(new Error('cannot be handled'));
				poisoned!.push(textOf(event));
				return Promise.resolve();
			},
		}),
		noting(calm!, { name: 'calm' }),
	);
	const subject = newSubject();
	for (const text of ['a', 'poison', 'b']) await hub.timelines.append(note(subject, text));
	await expect.poll(() => calm).toEqual(['a', 'poison', 'b']);
	await expect.poll(() => poisoned).toEqual(['a', 'b']);
	const [parked] = await hub.jobs.parked();
	expect(parked).toMatchObject({
		job: 'test',
		place: { subject, seq: 2 },
		error: 'Error: cannot be handled',
		attempts: 2,
	});
	// It fails once more, and is parked once more.
	await hub.jobs.retry(parked!._id);
	await expect.poll(() => hub.jobs.parked()).toMatchObject([{ attempts: 3, retryAt: null }]);
	isHealed = true;
	await hub.jobs.retry(parked!._id);
	await expect.poll(() => poisoned).toEqual(['a', 'b', 'poison']);
	await expect.poll(() => hub.jobs.parked()).toEqual([]);
	expect(await hub.jobs.retry(parked!._id)).toBe(false);
});

test('X-3 a retry waits for no pause in the stream of events', async () => {
	const { url } = newDatabase();
	const seen: string[] = [];
	let isHealed = false;
	const hub = await newJobHub(
		url,
		noting(seen, {
			attempts: 1,
			handle: (event) => {
				if (textOf(event) === 'poison' && !isHealed) return Promise.reject(new Error('cannot be handled'));
				seen.push(textOf(event));
				return Promise.resolve();
			},
		}),
	);
	const subject = newSubject();
	await hub.timelines.append(note(subject, 'poison'));
	await expect.poll(() => hub.jobs.parked()).toHaveLength(1);
	const [parked] = await hub.jobs.parked();
	isHealed = true;
	let isOver = false;
	const goOn = async () => {
		while (!isOver) await hub.timelines.append(note(subject, 'more'));
	};
	const busy = goOn();
	await hub.jobs.retry(parked!._id);
	try {
		await expect.poll(() => seen).toContain('poison');
	} finally {
		isOver = true;
		await busy;
	}
});

test('X-3 a retry that a stopping hub breaks off is still wanted', async () => {
	const { url } = newDatabase();
	const trying = Promise.withResolvers<undefined>();
	let tries = 0;
	const hub = await newJobHub(
		url,
		noting([], {
			attempts: 1,
			handle: async (_event, { signal }) => {
				if (++tries === 1) throw new Error('cannot be handled');
				trying.resolve(undefined);
				await pause(60_000, undefined, { signal });
			},
		}),
	);
	await hub.timelines.append(note(newSubject(), 'poison'));
	await expect.poll(() => hub.jobs.parked()).toHaveLength(1);
	const [parked] = await hub.jobs.parked();
	await hub.jobs.retry(parked!._id);
	await trying.promise;
	await hub.stop();
	const next = await newJobHub(url);
	expect(await next.jobs.parked()).toMatchObject([{ attempts: 1, retryAt: expect.any(Date) as Date }]);
});

test('X-3 a hub whose job went to another saves nothing any more', async () => {
	const { url } = newDatabase();
	const handled: { fence: number; text: string }[] = [];
	const slow = noting([], {
		handle: async (event, { fence, signal }) => {
			if (textOf(event) === 'slow' && fence === 1) await pause(60_000, undefined, { signal });
			handled.push({ fence, text: textOf(event) });
		},
	});
	const one = await newJobHub(url, slow);
	const subject = newSubject();
	await one.timelines.append(note(subject, 'slow'));
	const jobs = one.connection.db!.collection<{ _id: string; fence: number; expiresAt: Date }>('jobs');
	await expect.poll(() => jobs.findOne({ _id: 'test' })).toMatchObject({ fence: 1 });
	// As if it had been frozen: its lease is over, and another one takes the job.
	await jobs.updateOne({ _id: 'test' }, { $set: { expiresAt: new Date(0) } });
	const two = await newJobHub(url, slow);
	await expect.poll(() => handled).toEqual([{ fence: 2, text: 'slow' }]);
	await pause(4_000);
	expect(handled).toEqual([{ fence: 2, text: 'slow' }]);
	expect(await two.jobs.list()).toMatchObject([{ holder: two.hubId }]);
});

test('X-3 a job whose place the database has forgotten reads what it missed', async () => {
	const { url } = newDatabase();
	const seen: string[] = [];
	const one = await newJobHub(url, noting(seen));
	const subject = newSubject();
	await one.timelines.append(note(subject, '0'));
	await expect.poll(() => seen).toEqual(['0']);
	await one.stop();
	const other = await newJobHub(url);
	for (const text of ['1', '2']) await other.timelines.append(note(subject, text));
	await other.connection
		.db!.collection<{ _id: string }>('jobs')
		.updateOne(
			{ _id: 'test' },
			{ $set: { 'progress.position': { token: await foreignPlace(other.connection), at: new Date() } } },
		);
	await newJobHub(url, noting(seen));
	await other.timelines.append(note(subject, '3'));
	await expect.poll(() => seen.slice(-3)).toEqual(['1', '2', '3']);
});

test('X-3 over kill -9 of mongod no event is left out, and none is parked', async () => {
	let mongod = await startMongod();
	onTestFinished(() => mongod.remove());
	const seen: string[] = [];
	const hub = await newJobHub(mongod.url, noting(seen));
	const subject = newSubject();
	for (let i = 0; i < 60; i++) {
		const command = note(subject, `${i}`);
		const send = () => hub.timelines.append(command);
		await send().catch(send);
		if (i % 20 === 10) {
			process.kill(mongod.pid, 'SIGKILL');
			await mongod.exited;
			mongod = await startMongod(mongod.folder);
		}
	}
	await eventually(() => {
		expect([...new Set(seen)]).toEqual(texts(60));
	});
	expect(await hub.jobs.parked()).toEqual([]);
});

test('X-3 a job that begins anew gets all events again', async () => {
	const { url } = newDatabase();
	const seen: string[] = [];
	const hub = await newJobHub(url, noting(seen));
	await hub.timelines.append(note(newSubject(), 'again'));
	await expect.poll(() => seen).toEqual(['again']);
	await hub.jobs.restart('test');
	await expect.poll(() => seen).toEqual(['again', 'again']);
});
