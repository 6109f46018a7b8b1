import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { CuttableLine } from '../../platform/CuttableLine.ts';
import { eventually } from '../../platform/eventually.ts';
import { Processes } from '../../platform/processes.ts';
import {
	expectNothingLost,
	expectNoticesOnce,
	expectProjected,
	expectSettled,
} from '../expectNothingLost.ts';
import { Random, SEED } from '../random.ts';
import { Storm } from '../Storm.ts';
import { expectCallsTold } from './expectCallsTold.ts';
import { expectRoomsClosed, expectSeated } from './expectSeated.ts';
import { Schedule } from './Schedule.ts';

/** The calls are between 松江 and 杭州, which has two of them. */
const CITIES = ['310117', '330100', '330100'] as const;
const NODES = CITIES.length;
/** A few within the suite; `npm run faults` asks for more, and for one alone. */
const COUNT = Number(process.env['FAULT_SCHEDULES'] ?? 2);
const ONLY = Number(process.env['FAULT_ONLY'] ?? 0);
const numbers = ONLY > 0 ? [ONLY] : Array.from({ length: COUNT }, (_, i) => i + 1);
/** Schedules after which the processes make room for new ones, so that looking at all events stays quick. */
const GENERATION = 10;
/** Three and two of them, one generation after the other. */
const hubsOf = (number: number) => (Math.ceil(number / GENERATION) % 2 === 1 ? 3 : 2);

describe('T-10 S-8 H-7 kills, freezes and cuts of database, hubs and nodes at random', () => {
	let processes: Processes | undefined;
	/** All on this database. */
	const storms: Storm[] = [];
	/** From each hub to its database, from the nodes to each hub, and from other nodes to each node. */
	const lines = {
		toDatabase: [] as CuttableLine[],
		toHub: [] as CuttableLine[],
		toNode: [] as CuttableLine[],
	};

	const close = async () => {
		await processes?.close();
		storms.length = 0;
		for (const list of Object.values(lines)) for (const line of list.splice(0)) line.close();
		processes = undefined;
	};
	const open = (hubs: number) =>
		Processes.start({
			hubs,
			nodes: NODES,
			cities: CITIES,
			spanUrl: async (url) => {
				const line = await CuttableLine.to(url);
				lines.toNode.push(line);
				return line.url;
			},
			ownMongod: true,
			hubEnv: { RING_SECONDS: '2' },
			envOfHub: async (_index, env) => {
				const server = new URL(env['MONGODB_URL'] ?? '');
				const line = await CuttableLine.to(`http://${server.host}`);
				lines.toDatabase.push(line);
				server.host = new URL(line.url).host;
				server.search = 'authSource=admin&directConnection=true';
				return { MONGODB_URL: server.href };
			},
			hubUrls: async (urls) => {
				if (lines.toHub.length === 0)
					lines.toHub.push(...(await Promise.all(urls.map((url) => CuttableLine.to(url)))));
				return lines.toHub.map(({ url }) => url);
			},
		});
	beforeAll(async () => {
		processes = await open(hubsOf(numbers[0] ?? 1));
	}, 180_000);
	afterAll(close, 60_000);

	test.each(numbers)('schedule %i', { timeout: 300_000 }, async (number) => {
		if (number % GENERATION === 1 && number !== numbers[0]) await close();
		const hubs = hubsOf(number);
		const run = (processes ??= await open(hubs));
		const seed = SEED + number * 104_729;
		const schedule = Schedule.of(new Random(seed), { hubs, nodes: NODES });
		const again = `npm run faults -- --seed ${SEED} --only ${number}: ${schedule.toString()}`;
		onTestFailed(async () => {
			process.stderr.write(`${again}\n`);
			await close();
		}, 60_000);
		const storm = await Storm.start(run, seed);
		storms.push(storm);
		await storm.progress(10);
		await schedule.play(run, lines);
		await storm.progress(10);
		await storm.rest();
		await eventually(async () => {
			for (const { ready } of run.hubs) expect((await fetch(`${ready.url}/readyz`)).ok).toBe(true);
		});
		await expectSeated(run.registry, storm.seats);
		await storm.close();
		await expectSettled(run.registry);
		await expectProjected(run.registry);
		await expectNothingLost(run.registry, storm.outcomes);
		await expectNoticesOnce(run.registry);
		await expectCallsTold(
			run.registry,
			storms.flatMap(({ seats }) => seats),
		);
		await expectRoomsClosed(run);
	});
});
