import { expect, test } from 'vitest';
import { Batches } from '@counter-hub/hub-server/platform/Batches.ts';

test('who comes alone is served at once, and all who come meanwhile together, each with his own result', async () => {
	const carried: (readonly number[])[] = [];
	const gates = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
	const batches = new Batches<number, string>(async (items) => {
		carried.push(items);
		await gates[carried.length - 1]?.promise;
		return items.map((item) =>
			item === 3 ? Promise.reject(new Error('three')) : Promise.resolve(`result of ${item}`),
		);
	});
	const first = batches.add(1);
	const others = Promise.allSettled([2, 3, 4, 5].map((item) => batches.add(item)));
	expect(carried).toEqual([[1]]);
	gates[0]?.resolve(undefined);
	expect(await first).toBe('result of 1');
	gates[1]?.resolve(undefined);
	expect(await others).toMatchObject([
		{ value: 'result of 2' },
		{ reason: { message: 'three' } },
		{ value: 'result of 4' },
		{ value: 'result of 5' },
	]);
	expect(carried).toEqual([[1], [2, 3, 4, 5]]);
	expect(await batches.add(6)).toBe('result of 6');
});

test('a batch that fails takes nobody else with it', async () => {
	const batches = new Batches<number, number>((items) =>
		items.includes(2) ? Promise.reject(new Error('no database')) : Promise.resolve(items),
	);
	const [one, two, three] = await Promise.allSettled([batches.add(1), batches.add(2), batches.add(3)]);
	expect([one, two, three]).toMatchObject([
		{ value: 1 },
		{ reason: { message: 'no database' } },
		{ reason: { message: 'no database' } },
	]);
	expect(await batches.add(4)).toBe(4);
});
