import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import type { EventDraft } from '@counter-hub/shared/timeline/events.ts';
import { GENESIS, hashOfEvent } from '@counter-hub/hub-server/features/timeline/hashChain.ts';
import { APPEND_QUEUE_MAX } from '@counter-hub/hub-server/limits.ts';
import { joined, newSubject, newTimelines, note, noted, notes, versions } from './newTimelines.ts';

test('S6.3.2 T-1 events stand in order, chained by their hashes, and time never goes back', async () => {
	let clock = 1_000_000;
	const { timelines } = await newTimelines({ now: () => clock });
	const subject = newSubject();
	for (const step of [0, 50, -200, 10]) {
		clock += step;
		await timelines.append(note(subject, `step ${step}`));
	}
	const { events, head } = await timelines.page(subject, { after: 0, limit: 50 });
	expect(head).toBe(4);
	expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
	expect(events.map(({ at }) => at.getTime())).toEqual([1_000_000, 1_000_050, 1_000_050, 1_000_050]);
	let prevHash = GENESIS;
	for (const event of events) {
		expect(event.prevHash).toBe(prevHash);
		expect(hashOfEvent(event)).toBe(event.hash);
		prevHash = event.hash;
	}
});

test('T-2 a command sent twice changes nothing and returns the events of the first time', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const command = note(subject, 'once');
	const first = await timelines.append(command);
	const [again, atOnce] = await Promise.all([timelines.append(command), timelines.append(command)]);
	expect(first.repeated).toBe(false);
	expect([again.repeated, atOnce.repeated]).toEqual([true, true]);
	expect(again.events).toEqual(first.events);
	expect((await timelines.page(subject, { after: 0, limit: 10 })).head).toBe(1);
});

test('T-2 doubles within one batch are one event', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const command = note(subject, 'once');
	const results = await Promise.all(Array.from({ length: 20 }, () => timelines.append(command)));
	expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
	expect((await timelines.page(subject, { after: 0, limit: 10 })).head).toBe(1);
});

test('T-2 a repeat is a repeat even if its decision would refuse it now', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const once = {
		...note(subject, 'first'),
		reads: [notes],
		decide: (view: Parameters<ReturnType<typeof note>['decide']>[0]) => {
			if (view.state(notes)) throw new AppError('notInThisState');
			return [noted('first')];
		},
	};
	await timelines.append(once);
	await expect(timelines.append(once)).resolves.toMatchObject({ repeated: true });
	await expect(timelines.append({ ...once, commandId: randomUUID() })).rejects.toMatchObject({
		key: 'notInThisState',
	});
});

test('T-3 a command id used again for something else is refused', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const commandId = randomUUID();
	await timelines.append(note(subject, 'this', commandId));
	await expect(timelines.append(note(subject, 'that', commandId))).rejects.toMatchObject({
		key: 'commandReused',
	});
	expect((await timelines.page(subject, { after: 0, limit: 10 })).head).toBe(1);
});

test('T-4 one version of a session exists once, over all timelines', async () => {
	const { timelines } = await newTimelines();
	const [sessionId, subject] = [randomUUID(), newSubject()];
	const answer = (by: string) =>
		timelines.append({
			subject,
			commandId: randomUUID(),
			content: { by },
			reads: [[versions, sessionId]],
			decide: (view) => {
				if (view.state(versions, sessionId)) throw new AppError('alreadyAnswered');
				return [joined(sessionId, 1)];
			},
		});
	const results = await Promise.allSettled(['a', 'b', 'c'].map(answer));
	expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	for (const result of results) {
		if (result.status === 'rejected') expect(result.reason).toMatchObject({ key: 'alreadyAnswered' });
	}
});

test('T-5 a command of several events is appended whole, one after the other', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const command = { ...note(subject, 'x'), decide: () => [noted('a'), noted('b'), noted('c')] };
	const [appended] = await Promise.all([
		timelines.append(command),
		...Array.from({ length: 10 }, (_, i) => timelines.append(note(subject, `other ${i}`))),
	]);
	const seqs = appended.events.map(({ seq }) => seq);
	expect(seqs).toEqual([seqs[0], seqs[0]! + 1, seqs[0]! + 2]);
	const again = await timelines.append(command);
	expect(again).toMatchObject({ repeated: true });
	expect(again.events).toEqual(appended.events);
});

test('T-5 a command whose hub died half-way is completed before anything else happens', async () => {
	const { timelines, url } = await newTimelines();
	const subject = newSubject();
	const command = { ...note(subject, 'x'), decide: () => [noted('a'), noted('b'), noted('c')] };
	await timelines.append(command);
	await timelines.store.events.deleteMany({ subject, seq: { $gt: 1 } });

	const { timelines: other } = await newTimelines({ url });
	const again = await other.append(command);
	expect(again.events.map(({ data }) => data)).toEqual(['a', 'b', 'c'].map((text) => noted(text).data));
	await other.append(note(subject, 'd'));
	await other.flushProjections();
	expect(await other.state(notes, subject.slice(5))).toMatchObject({ texts: ['a', 'b', 'c', 'd'] });
});

test('a decision without events appends nothing', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const nothing = { subject, commandId: randomUUID(), decide: () => [] };
	await expect(timelines.append(nothing)).resolves.toEqual({ events: [], repeated: false });
	expect(await timelines.heads([subject])).toEqual(new Map());
});

test('a full queue says so, and what was accepted is carried out', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const accepted = Array.from({ length: APPEND_QUEUE_MAX }, (_, i) =>
		timelines.append(note(subject, `${i}`)),
	);
	await expect(timelines.append(note(subject, 'too many'))).rejects.toMatchObject({ key: 'queueFull' });
	await Promise.all(accepted);
	expect(await timelines.heads([subject])).toEqual(new Map([[subject, APPEND_QUEUE_MAX]]));
});

test('what JSON cannot carry is refused before it reaches the database', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	await expect(timelines.append({ ...note(subject, 'x'), decide: () => [noted('\ud800')] })).rejects.toThrow(
		'lone surrogate',
	);
	await timelines.append(note(subject, 'fine'));
});

test('T-1 an event that does not fit its schema is a fault of ours, and nothing of its command is written', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const command = { ...note(subject, 'x'), commandId: randomUUID() };
	const misfits = [
		{ ...noted('x'), data: {} },
		{ ...noted('x'), data: { text: 7 } },
		{ ...noted('x'), type: 'case.unheardOf' },
		{ ...noted('x'), actor: { kind: 'staff', staffId: 'nobody' } },
	] as unknown as EventDraft[];
	for (const misfit of misfits) {
		await expect(
			timelines.append({ ...command, decide: () => [noted('fits'), misfit] }),
		).rejects.toMatchObject({ key: 'internal', expose: false });
	}
	expect(await timelines.heads([subject])).toEqual(new Map());
	await timelines.append({ ...command, decide: () => [noted('fits')] });
});

test('T-11 what an event’s schema does not name is not written', async () => {
	const { timelines } = await newTimelines();
	const subject = newSubject();
	const fits = noted('x');
	const carried = {
		...fits,
		data: { ...fits.data, citizenId: '310117190001010012' },
	} as unknown as EventDraft;
	await timelines.append({ ...note(subject, 'x'), decide: () => [carried] });
	const { events } = await timelines.page(subject, { limit: 1 });
	expect(events.map(({ data }) => data)).toEqual([fits.data]);
});
