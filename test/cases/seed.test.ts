import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { newDatabase } from '../platform/mongod.ts';
import { newHub, newSecrets } from '../platform/newHub.ts';
import { listCases } from './caseFixtures.ts';

/** Each run is a process of its own that fills a fresh database. */
const SLOW = { timeout: 150_000 };
const main = fileURLToPath(import.meta.resolve('@counter-hub/hub-server/seed/main.ts'));

interface SignIn {
	city: string;
	role: string;
	name: string;
	password: string;
}

async function seed(env: Record<string, string>, ...flags: string[]): Promise<SignIn[]> {
	const { stdout } = await promisify(execFile)(process.execPath, [main, ...flags], {
		env: { PATH: process.env['PATH'], LOG_LEVEL: 'error', ...env },
	});
	expect(stdout.trim().split('\n')).toHaveLength(1);
	return (JSON.parse(stdout) as { signIns: SignIn[] }).signIns;
}

test(
	'demo data: nine cities with staff and sixty cases; seeding twice changes nothing; chains verify',
	SLOW,
	async () => {
		const env = { ...newSecrets(), MONGODB_URL: newDatabase().url };
		const signIns = await seed(env, '--demo');
		expect(signIns[0]).toMatchObject({ city: '松江', role: 'clerk', name: '310117-0203' });
		expect(signIns[1]).toMatchObject({ city: '杭州', role: 'approver', name: '330100-0301' });
		expect(new Set(signIns.map(({ role }) => role)).size).toBe(4);
		expect(await seed(env, '--demo')).toEqual(signIns);

		const hub = await newHub({ env });
		const report = await verifyTimelines(hub.context.connection);
		expect(report).toMatchObject({ faulty: 0 });
		const supervisor = hub.client();
		const everywhere = signIns.find(({ role, city }) => role === 'supervisor' && city === '九城');
		await supervisor.signIn(everywhere?.name ?? '', everywhere?.password ?? '');
		const { cases } = await listCases(supervisor, 'limit=200');
		expect(cases).toHaveLength(62);
		expect(cases.every(({ demo }) => demo)).toBe(true);
		expect(new Set(cases.map(({ state }) => state))).toEqual(
			new Set(['open', 'passed', 'correction', 'rejectionAdvised', 'contactPending']),
		);
		expect(new Set(cases.map(({ caseNo }) => caseNo)).size).toBe(62);
		expect(cases.every(({ updatedAt }) => Date.parse(updatedAt) <= Date.now())).toBe(true);
		const lengths = await hub.context.connection
			.collection('timeline_events')
			.aggregate<{ _id: string; n: number }>([{ $group: { _id: '$subject', n: { $sum: 1 } } }])
			.toArray();
		expect(lengths.filter(({ _id }) => _id.startsWith('case:'))).toHaveLength(62);
		expect(lengths.filter(({ n }) => n >= 24).length).toBeGreaterThanOrEqual(10);
		// Each event bears the time of its story: a call rings for 45 seconds from there.
		const rings = await hub.context.connection
			.collection<{ at: Date; data: { ringUntil: string } }>('timeline_events')
			.find({ type: 'session.ringing' })
			.toArray();
		expect(new Set(rings.map(({ at, data }) => Date.parse(data.ringUntil) - at.getTime()))).toEqual(
			new Set([45_000]),
		);
		expect(Math.max(...lengths.map(({ n }) => n))).toBeGreaterThan(300);
	},
);

test(
	'demo passwords are random on request, and a plain start has a first administrator only',
	SLOW,
	async () => {
		const env = { ...newSecrets(), MONGODB_URL: newDatabase().url };
		const signIns = await seed(env, '--demo', '--random-passwords');
		expect(new Set(signIns.map(({ password }) => password)).size).toBe(signIns.length);

		const empty = { ...newSecrets(), MONGODB_URL: newDatabase().url };
		const [administrator, ...others] = await seed(empty, '--empty');
		expect(others).toEqual([]);
		expect(await seed(empty, '--empty')).toEqual([]);
		const hub = await newHub({ env: empty });
		const client = hub.client();
		const answer = await client.signIn(administrator?.name ?? '', administrator?.password ?? '');
		expect(answer.mustChangePassword).toBe(true);
	},
);
