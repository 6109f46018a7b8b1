import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { idOf } from '@counter-hub/hub-server/features/timeline/types.ts';
import { joined, newSubject, newTimelines, note, noted, notes, versions } from './newTimelines.ts';

test('T-9 many writers through two hubs on one timeline: nothing lost, nothing twice, no fork', async () => {
	const one = await newTimelines();
	const two = await newTimelines({ url: one.url });
	const subject = newSubject();
	const acknowledged: string[] = [];
	const writer = async ({ timelines }: typeof one, name: string) => {
		for (let i = 0; i < 20; i++) {
			const text = `${name} ${i}`;
			await timelines.append(note(subject, text));
			acknowledged.push(text);
		}
	};
	await Promise.all(
		Array.from({ length: 16 }, (_, i) => [writer(one, `one ${i}`), writer(two, `two ${i}`)]).flat(),
	);
	const texts = (await one.timelines.state(notes, idOf(subject)))?.texts ?? [];
	expect(texts).toHaveLength(640);
	expect(texts.toSorted()).toEqual(acknowledged.toSorted());
	expect(await verifyTimelines(one.connection, subject)).toMatchObject({ events: 640, faulty: 0 });
});

test('T-4 a second answer loses, whichever hub it reaches', async () => {
	const one = await newTimelines();
	const two = await newTimelines({ url: one.url });
	for (let round = 0; round < 20; round++) {
		const [subject, sessionId] = [newSubject(), randomUUID()];
		const answer = ({ timelines }: typeof one) =>
			timelines.append({
				subject,
				commandId: randomUUID(),
				reads: [[versions, sessionId]],
				decide: (view) => {
					const version = view.state(versions, sessionId)?.version ?? 0;
					if (version > 0) throw new AppError('alreadyAnswered');
					return [noted('answered'), joined(sessionId, version + 1)];
				},
			});
		const results = await Promise.allSettled([answer(one), answer(two), answer(one), answer(two)]);
		const refused = results.filter((result) => result.status === 'rejected');
		expect(refused).toHaveLength(3);
		for (const { reason } of refused) expect(reason).toMatchObject({ key: 'alreadyAnswered' });
		expect(await one.timelines.heads([subject])).toEqual(new Map([[subject, 2]]));
	}
});

test('T-2 the same command through both hubs at once is carried out once', async () => {
	const one = await newTimelines();
	const two = await newTimelines({ url: one.url });
	for (let round = 0; round < 20; round++) {
		const command = note(newSubject(), 'once');
		const results = await Promise.all([one.timelines.append(command), two.timelines.append(command)]);
		expect(results.filter(({ repeated }) => repeated)).toHaveLength(1);
		expect(results[0].events).toEqual(results[1].events);
	}
});

test('T-3 a refusal rests on the truth, even if another hub has moved it on', async () => {
	const one = await newTimelines();
	const two = await newTimelines({ url: one.url });
	const subject = newSubject();
	const onlyIf = (count: number) => ({
		subject,
		commandId: randomUUID(),
		reads: [notes],
		decide: (view: Parameters<ReturnType<typeof note>['decide']>[0]) => {
			if ((view.state(notes)?.count ?? 0) !== count) throw new AppError('notInThisState');
			return [noted(`${count}`)];
		},
	});
	await one.timelines.append(onlyIf(0));
	await two.timelines.append(onlyIf(1));
	// The first hub still remembers one note; on that it would refuse.
	await one.timelines.append(onlyIf(2));
	await expect(two.timelines.append(onlyIf(2))).rejects.toMatchObject({ key: 'notInThisState' });
});

test('T-9 any mixture of commands, repeats and hubs gives one whole chain', async () => {
	const hubs = [await newTimelines()];
	hubs.push(await newTimelines({ url: hubs[0]!.url }));
	const step = fc.record({
		hub: fc.nat(1),
		subject: fc.nat(2),
		command: fc.nat(20),
		events: fc.integer({ min: 1, max: 3 }),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
			const subjects = [newSubject(), newSubject(), newSubject()];
			const run = newSubject();
			const sizes = new Map<string, number>();
			await Promise.all(
				steps.map(async ({ hub, subject, command, events }) => {
					const commandId = `${run}-${command}`;
					const key = `${subject} ${command}`;
					sizes.set(key, sizes.get(key) ?? events);
					const drafts = Array.from({ length: sizes.get(key)! }, (_, i) => noted(`${key} ${i}`));
					const appended = await hubs[hub]!.timelines.append({
						subject: subjects[subject]!,
						commandId,
						content: key,
						decide: () => drafts,
					});
					expect(appended.events).toHaveLength(drafts.length);
				}),
			);
			for (const [i, subject] of subjects.entries()) {
				const expected = [...sizes].filter(([key]) => key.startsWith(`${i} `));
				const total = expected.reduce((sum, [, size]) => sum + size, 0);
				expect(await verifyTimelines(hubs[0]!.connection, subject)).toMatchObject({
					events: total,
					faulty: 0,
				});
			}
		}),
		// fast-check prints the seed of a failure; FC_SEED repeats it.
		{ numRuns: 25, ...(process.env['FC_SEED'] !== undefined && { seed: Number(process.env['FC_SEED']) }) },
	);
});
