import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFailed, onTestFinished, test } from 'vitest';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { idOf } from '@counter-hub/hub-server/features/timeline/types.ts';
import { CuttableLine } from '../platform/CuttableLine.ts';
import { eventually } from '../platform/eventually.ts';
import { newDatabase, startMongod } from '../platform/mongod.ts';
import { newSubject, newTimelines, note, notes } from './newTimelines.ts';

test('T-10 kill -9 of mongod under writers: every acknowledged event is there once, and the chains verify', async () => {
	let mongod = await startMongod();
	onTestFinished(() => mongod.remove());
	const { timelines, connection } = await newTimelines({ url: mongod.url });
	const subjects = Array.from({ length: 8 }, newSubject);
	const acknowledged = new Map<string, string[]>(subjects.map((subject) => [subject, []]));
	let stop = false;
	const write = async (subject: string, name: string) => {
		for (let i = 0; !stop; i++) {
			const command = note(subject, `${name} ${i}`);
			// As a client does: the same command again until there is an answer.
			const sent = () => timelines.append(command);
			await sent().catch(sent);
			acknowledged.get(subject)!.push(`${name} ${i}`);
		}
	};
	const writers = subjects.flatMap((subject) => ['a', 'b'].map((name) => write(subject, name)));
	const waits: number[] = [];
	onTestFailed(() => void process.stderr.write(`killed after ${waits.join(', ')} ms\n`));
	for (let round = 0; round < 3; round++) {
		const wait = randomInt(200, 700);
		waits.push(wait);
		await pause(wait);
		process.kill(mongod.pid, 'SIGKILL');
		await mongod.exited;
		mongod = await startMongod(mongod.folder);
	}
	await pause(300);
	stop = true;
	await Promise.all(writers);

	for (const subject of subjects) {
		const texts = (await timelines.state(notes, idOf(subject)))?.texts ?? [];
		expect(texts.toSorted()).toEqual(acknowledged.get(subject)!.toSorted());
		for (const name of ['a', 'b']) {
			const own = texts.filter((text) => text.startsWith(name));
			expect(own).toEqual(own.map((_, i) => `${name} ${i}`));
		}
	}
	const total = [...acknowledged.values()].reduce((sum, { length }) => sum + length, 0);
	expect(await verifyTimelines(connection)).toMatchObject({ timelines: 8, events: total, faulty: 0 });
	await timelines.flushProjections();
	expect(await timelines.state(notes, idOf(subjects[0]!))).toBeDefined();
});

test('T-10 while the database is away commands wait, then say so; afterwards the same command is carried out', async () => {
	const mongod = await startMongod();
	onTestFinished(() => mongod.remove());
	const { timelines } = await newTimelines({ url: mongod.url, deadline: 2_000 });
	const command = note(newSubject(), 'patient');
	await timelines.append(note(command.subject, 'first'));
	process.kill(mongod.pid, 'SIGKILL');
	await mongod.exited;
	await expect(timelines.append(command)).rejects.toMatchObject({ key: 'databaseUnavailable' });
	const again = await startMongod(mongod.folder);
	onTestFinished(() => again.remove());
	const { events } = await timelines.append(command);
	expect(events).toMatchObject([{ seq: 2, data: { reason: 'patient' } }]);
});

test('T-10 a database that takes a command and never answers keeps nobody waiting for ever', async () => {
	const server = new URL(newDatabase().url);
	const line = await CuttableLine.to(`http://${server.host}`);
	onTestFinished(() => {
		line.close();
	});
	const url = Object.assign(new URL(server), { host: new URL(line.url).host });
	// Straight to the line, not to where the replica set says that it is.
	url.search = 'authSource=admin&directConnection=true';
	const { timelines } = await newTimelines({ url: url.href, deadline: 2_000 });
	const command = note(newSubject(), 'patient');
	await timelines.append(note(command.subject, 'first'));
	line.freeze();
	await expect(timelines.append(command)).rejects.toMatchObject({ key: 'databaseUnavailable' });
	line.mend();
	await eventually(async () => {
		const { events } = await timelines.append(command);
		expect(events).toMatchObject([{ seq: 2, data: { reason: 'patient' } }]);
	});
	const { events } = await timelines.page(command.subject, { limit: 10 });
	expect(events.map(({ data }) => data)).toMatchObject([{ reason: 'first' }, { reason: 'patient' }]);
});
