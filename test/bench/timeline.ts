import { Timelines } from '@counter-hub/hub-server/features/timeline/Timelines.ts';
import { createLogger } from '@counter-hub/shared/server/logger.ts';
import { Metrics } from '@counter-hub/shared/server/metrics.ts';
import { connectMongo } from '@counter-hub/hub-server/platform/mongo.ts';
import { median, print, progress, quantile, rounded, spread } from './lib.ts';
import { startDatabase } from './support/servers.ts';
import { create64, eventModel, insertMany64, insertOne } from './timelines/baselines.ts';
import { fillTimeline, timePages, type PagedTimeline } from './timelines/pages.ts';
import { baselineEvents, lastNote, newSubjects } from './timelines/sampleEvents.ts';
import { appendWith, type WriterFigures } from './timelines/writers.ts';

const ROUNDS = 12;
const SLICE_MS = 400;
const PAGE_TURNS = 300;

const database = await startDatabase();
const connection = await connectMongo(database.url);
const timelines = new Timelines({
	connection,
	logger: createLogger('warn'),
	metrics: new Metrics(),
	now: Date.now,
});
timelines.register(lastNote);
await timelines.start();
const baseline = await baselineEvents(connection);
const model = eventModel(connection);

const product: Record<string, WriterFigures[]> = {};
const bare: Record<string, number[]> = { insertMany64: [], create64: [], insertOne: [] };
// The cases stay the same from round to round, as those of a working day do.
const casesOf: Record<string, string[]> = {};
const appendRound = async (name: string, writers: number, isTimed: boolean, cases = writers) => {
	const subjects = (casesOf[name] ??= newSubjects(cases));
	const figures = await appendWith(timelines, writers, subjects, SLICE_MS);
	if (isTimed) (product[name] ??= []).push(figures);
};
const bareRound = async (name: string, run: () => Promise<number>, isTimed: boolean) => {
	const rate = await run();
	if (isTimed) bare[name]?.push(rate);
};
// Round 0 warms everything up. Each product figure stands beside its baseline.
for (let round = 0; round <= ROUNDS; round++) {
	progress(`timeline: round ${round} of ${ROUNDS}`);
	const isTimed = round > 0;
	await bareRound('insertMany64', () => insertMany64(baseline, SLICE_MS), isTimed);
	await appendRound('64', 64, isTimed);
	await bareRound('create64', () => create64(model, SLICE_MS), isTimed);
	await bareRound('insertOne', () => insertOne(baseline, SLICE_MS), isTimed);
	await appendRound('1', 1, isTimed);
	await appendRound('16', 16, isTimed);
	await appendRound('256', 256, isTimed);
	await appendRound('64 on one case', 64, isTimed, 1);
}
await baseline.drop();

const paged: PagedTimeline[] = [];
for (const events of [10_000, 1_000_000]) {
	progress(`timeline: filling ${events} events`);
	paged.push({ subject: await fillTimeline(timelines, events), events, first: [], deep: [] });
}
await timePages(timelines, paged, PAGE_TURNS);
const pages = Object.fromEntries(
	paged.flatMap(({ events, first, deep }) => [
		[`first of ${events}`, first],
		[`deep in ${events}`, deep],
	]),
);
await timelines.close();
await connection.close();
await database.stop();

const rates = (name: string) => (product[name] ?? []).map(({ rate }) => rate);
/** Of each round, because a round's slices stand side by side. */
const against = (name: string, other: string) => {
	const baselines = bare[other] ?? [];
	return rounded(median(rates(name).map((rate, i) => rate / (baselines[i] ?? Number.NaN))));
};
const pageMedians = Object.values(pages).map(median);

print({
	bench: 'timeline',
	ratios: {
		vsInsertMany64: against('64', 'insertMany64'),
		vsCreate64: against('64', 'create64'),
		vsInsertOne1: against('1', 'insertOne'),
		deepPage: rounded(Math.max(...pageMedians) / Math.min(...pageMedians)),
	},
	aims: { vsInsertMany64: '≥ 0.7', vsCreate64: '≥ 4', vsInsertOne1: '≥ 0.85', deepPage: '≤ 1.3' },
	samples: { product, bare, pages },
	tables: [
		{
			title: 'Acknowledged appends (w: majority, journalled), with a projection beside',
			columns: ['writers', 'events/s', 'p99 ms'],
			rows: Object.keys(product).map((name) => [
				name,
				spread(rates(name)),
				spread(
					(product[name] ?? []).map(({ p99 }) => p99),
					1,
				),
			]),
		},
		{
			title: 'Baselines: same documents, indexes and write concern',
			columns: ['what', 'events/s'],
			rows: Object.entries(bare).map(([name, samples]) => [name, spread(samples)]),
		},
		{
			title: 'Pages of 50 events',
			columns: ['page', 'ms (median, p95)'],
			rows: Object.entries(pages).map(([name, times]) => [
				name,
				`${median(times).toFixed(2)}, ${quantile(times, 0.95).toFixed(2)}`,
			]),
		},
	],
});
