import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { rebuildProjections } from '@counter-hub/hub-server/features/timeline/rebuildProjections.ts';
import { idOf } from '@counter-hub/hub-server/features/timeline/types.ts';
import {
	joined,
	newSubject,
	newTimelines,
	note,
	noted,
	notes,
	versions,
	type TestTimelines,
} from './newTimelines.ts';

interface Document {
	_id: string;
	seq: number;
}
const documentsOf = ({ connection }: TestTimelines, name: string) =>
	connection.db!.collection<Document>(name).find().sort({ _id: 1 }).toArray();

const withSession = (subject: string, sessionId: string, version: number) => ({
	subject,
	commandId: randomUUID(),
	decide: () => [noted(`before ${version}`), joined(sessionId, version)],
});

test('T-7 projections follow the acknowledgement and carry the number of their last event', async () => {
	const test = await newTimelines();
	const { timelines } = test;
	const [subject, sessionId] = [newSubject(), randomUUID()];
	await timelines.append(withSession(subject, sessionId, 1));
	await timelines.append(withSession(subject, sessionId, 2));
	await timelines.append(note(subject, 'last'));
	await timelines.flushProjections();
	expect(await documentsOf(test, notes.name)).toEqual([
		{ _id: idOf(subject), subject, seq: 5, count: 3, texts: ['before 1', 'before 2', 'last'] },
	]);
	expect(await documentsOf(test, versions.name)).toEqual([{ _id: sessionId, subject, seq: 4, version: 2 }]);
});

test('T-7 a state has everything that was acknowledged, even if its document lags behind', async () => {
	const { timelines } = await newTimelines();
	const [subject, sessionId] = [newSubject(), randomUUID()];
	await timelines.append(withSession(subject, sessionId, 1));
	expect(await timelines.state(notes, idOf(subject))).toMatchObject({ count: 1 });
	expect(await timelines.state(versions, sessionId)).toEqual({ version: 1 });
	await timelines.flushProjections();
	await timelines.append(withSession(subject, sessionId, 2));
	expect(await timelines.state(notes, idOf(subject))).toMatchObject({ count: 2 });
	expect(await timelines.state(versions, sessionId)).toEqual({ version: 2 });
	expect(await timelines.state(versions, randomUUID())).toBeUndefined();
});

test('T-7 a decision reads the state at its own place in the chain, never an older one', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const count = () =>
		timelines.append({
			subject,
			commandId: randomUUID(),
			reads: [notes],
			decide: (view) => [noted(String(view.state(notes)?.count ?? 0))],
		});
	await Promise.all(Array.from({ length: 100 }, count));
	const { events } = await timelines.page(subject, { after: 0, limit: 200 });
	const texts = events.map((event) => event.type === 'person.unmasked' && event.data.reason);
	expect(texts).toEqual(Array.from({ length: 100 }, (_, i) => String(i)));
});

test('T-7 what a crash left unprojected is caught up at the next start', async () => {
	const crashed = await newTimelines({ projections: [] });
	const subject = newSubject();
	for (const text of ['a', 'b', 'c']) await crashed.timelines.append(note(subject, text));
	const next = await newTimelines({ url: crashed.url });
	expect(await documentsOf(next, notes.name)).toMatchObject([{ seq: 3, count: 3 }]);
});

test('T-7 a projection that is added later is made from the first event on', async () => {
	const first = await newTimelines({ projections: [notes] });
	const [subject, sessionId] = [newSubject(), randomUUID()];
	await first.timelines.append(withSession(subject, sessionId, 1));
	await first.timelines.flushProjections();
	const later = await newTimelines({ url: first.url });
	expect(await documentsOf(later, versions.name)).toMatchObject([{ _id: sessionId, version: 1 }]);
	expect(await documentsOf(later, notes.name)).toMatchObject([{ seq: 1, count: 1 }]);
});

test('T-7 a document never goes back to an older state', async () => {
	const test = await newTimelines();
	const { timelines } = test;
	const subject = newSubject();
	for (const text of ['a', 'b']) await timelines.append(note(subject, text));
	await timelines.flushProjections();
	const [newest] = await documentsOf(test, notes.name);
	const older = { _id: idOf(subject), subject, seq: 1, count: 1, texts: ['a'] };
	await timelines.projections.write(notes.name, [older], { pace: 'atOnce' });
	expect(await documentsOf(test, notes.name)).toEqual([newest]);
});

test('T-7 a rebuild makes the same documents from the events alone', async () => {
	const test = await newTimelines();
	const { timelines, connection } = test;
	for (let i = 0; i < 5; i++) {
		const [subject, sessionId] = [newSubject(), randomUUID()];
		for (const version of [1, 2, 3]) await timelines.append(withSession(subject, sessionId, version));
		await timelines.append(note(subject, 'end'));
	}
	await timelines.flushProjections();
	const before = [await documentsOf(test, notes.name), await documentsOf(test, versions.name)];
	await connection.db!.collection(notes.name).drop();
	await connection.db!.collection<Document>(versions.name).updateMany({}, { $set: { version: 99 } });

	expect(await rebuildProjections(timelines)).toEqual({ timelines: 5, events: 35, documents: 10 });
	expect([await documentsOf(test, notes.name), await documentsOf(test, versions.name)]).toEqual(before);
	await expect(rebuildProjections(timelines, { projection: 'nix' })).rejects.toThrow('nix');
});

test('T-7 a projection that fails on one timeline holds up no other', async () => {
	const failing: typeof notes = {
		...notes,
		name: 'test_failing',
		apply(state, event) {
			if (event.type === 'person.unmasked' && event.data.reason === 'poison')
				throw new Error('a fault of the projection');
			return notes.apply(state, event);
		},
	};
	const test = await newTimelines({ projections: [failing] });
	const [bad, good] = [newSubject(), newSubject()];
	await Promise.all([test.timelines.append(note(bad, 'poison')), test.timelines.append(note(good, 'fine'))]);
	await test.timelines.flushProjections();
	expect(await documentsOf(test, failing.name)).toMatchObject([{ _id: idOf(good), count: 1 }]);
});

test('T-7 waiting for the projections of what went before ends while others go on writing', async () => {
	const test = await newTimelines();
	const { timelines } = test;
	const busy = newSubject();
	let isOver = false;
	const writers = Array.from({ length: 8 }, async () => {
		while (!isOver) await timelines.append(note(busy, 'more'));
	});
	for (let i = 0; i < 20; i++) {
		const subject = newSubject();
		await timelines.append(note(subject, 'mine'));
		await (i % 2 === 0 ? timelines.flushProjections([subject]) : timelines.flushProjections());
		expect(await documentsOf(test, notes.name)).toContainEqual(
			expect.objectContaining({ _id: idOf(subject), seq: 1 }),
		);
	}
	isOver = true;
	await Promise.all(writers);
	await timelines.flushProjections();
	const { head } = await timelines.page(busy, { limit: 1 });
	expect(await documentsOf(test, notes.name)).toContainEqual(
		expect.objectContaining({ _id: idOf(busy), seq: head }),
	);
});

test('T-7 documents of an earlier form are made anew at start, and none of them is read as if it were of today', async () => {
	const earlier = await newTimelines();
	const [subject, sessionId] = [newSubject(), randomUUID()];
	await earlier.timelines.append(withSession(subject, sessionId, 1));
	await earlier.timelines.flushProjections();
	const today: typeof notes = {
		...notes,
		form: 2,
		apply(state, event) {
			const next = notes.apply(state, event);
			return next && { ...next, texts: next.texts.map((text) => text.toUpperCase()) };
		},
	};
	const later = await newTimelines({ url: earlier.url, projections: [today, versions] });
	expect(await later.timelines.state(today, idOf(subject))).toEqual({ count: 1, texts: ['BEFORE 1'] });
	await later.timelines.flushProjections();
	expect(await documentsOf(later, notes.name)).toEqual([
		{ _id: idOf(subject), subject, seq: 2, count: 1, texts: ['BEFORE 1'], form: 2 },
	]);
	expect(await later.timelines.state(versions, sessionId)).toEqual({ version: 1 });
});
