import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabase } from '../platform/mongod.ts';
import { newHub, newSecrets } from '../platform/newHub.ts';
import { read } from './ningbo.ts';

const main = resolve(import.meta.dirname, '../../hub-server/src/seed/main.ts');
/** A union of its own, with a city of the corridor in it. */
const UNION = [
	{ code: '440300', letters: 'SZ', zh: '深圳', en: 'Shenzhen' },
	{ code: '330100', letters: 'HZ', zh: '杭州', en: 'Hangzhou' },
];
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'counter-hub-cities-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function seed(env: Record<string, string>, cities: unknown): Promise<{ failed: string }> {
	const file = join(folder, 'cities.json');
	await writeFile(file, JSON.stringify(cities));
	const options = { env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...env } };
	try {
		await promisify(execFile)(process.execPath, [main, '--empty', '--cities', file], options);
		return { failed: '' };
	} catch (error) {
		return { failed: error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error) };
	}
}

test('S4.1 U-2 another union of cities begins with its own, in the order of its file; again changes nothing', async () => {
	const env = { ...newSecrets(), MONGODB_URL: newDatabase().url };
	for (const [cities, failed] of [
		[[], 'cities.json'],
		[[{ ...UNION[0], letters: 'S' }], 'must be two letters'],
		[[...UNION, { ...UNION[0], letters: 'SH' }], 'two cities have the same code'],
		[[...UNION, { ...UNION[0], code: '440100' }], 'two cities have the same letters'],
	] as const)
		expect((await seed(env, cities)).failed).toContain(failed);
	expect(await seed(env, UNION)).toEqual({ failed: '' });
	expect(await seed(env, UNION)).toEqual({ failed: '' });
	const hub = await newHub({ env });
	expect(await read(hub.client())).toMatchObject(UNION);
	expect((await seed(env, [{ ...UNION[0], code: '440100', letters: 'GZ' }])).failed).toContain(
		'the register has other cities already',
	);
	expect(await read((await newHub({ env })).client())).toHaveLength(2);
});
