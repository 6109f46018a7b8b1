import { expect, test } from 'vitest';
import { newSubject, newTimelines, note } from './newTimelines.ts';

test('S6.3.2 T-6 a timeline is paged by key in both directions', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	await Promise.all(Array.from({ length: 25 }, (_, i) => timelines.append(note(subject, `${i}`))));
	const seqs = async (query: { after?: number; before?: number; limit: number }) => {
		const { events, head, more } = await timelines.page(subject, query);
		expect(head).toBe(25);
		return [events.map(({ seq }) => seq), more];
	};
	expect(await seqs({ limit: 3 })).toEqual([[23, 24, 25], true]);
	expect(await seqs({ before: 23, limit: 3 })).toEqual([[20, 21, 22], true]);
	expect(await seqs({ before: 3, limit: 3 })).toEqual([[1, 2], false]);
	expect(await seqs({ after: 0, limit: 3 })).toEqual([[1, 2, 3], true]);
	expect(await seqs({ after: 23, limit: 3 })).toEqual([[24, 25], false]);
	expect(await seqs({ after: 25, limit: 3 })).toEqual([[], false]);
});

test('T-6 the order of a page comes from the index, however deep it lies', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	await Promise.all(Array.from({ length: 300 }, (_, i) => timelines.append(note(subject, `${i}`))));
	const plan = JSON.stringify(
		await timelines.store.pageCursor(subject, { before: 150, limit: 50 }).explain('executionStats'),
	);
	expect(plan).toContain('"indexName":"place"');
	expect(plan).not.toContain('"stage":"SORT"');
	expect(plan).toContain('"totalDocsExamined":51');
});

test('heads of many timelines are read from the index alone', async () => {
	const { timelines } = await newTimelines();
	const subjects = [newSubject(), newSubject(), newSubject()];
	await Promise.all(
		subjects.flatMap((subject) => [1, 2, 3].map((i) => timelines.append(note(subject, `${i}`)))),
	);
	expect(await timelines.heads([...subjects, newSubject()])).toEqual(
		new Map(subjects.map((subject) => [subject, 3])),
	);
	for (const cursor of [timelines.store.allHeads(), timelines.store.headsOf(subjects)]) {
		expect(JSON.stringify(await cursor.explain('executionStats'))).toContain('DISTINCT_SCAN');
	}
});
