/** `matrix`: the matrix of links, and the trend of one link, over a year of history: 9 × 9 cities, measured twice a day. */
import { randomUUID } from 'node:crypto';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { readHistory } from '@counter-hub/hub-server/features/links/readHistory.ts';
import { readMatrix } from '@counter-hub/hub-server/features/links/readMatrix.ts';
import { appendMeasurement } from '@counter-hub/hub-server/features/links/recordMeasurement.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { plantCounters, seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { pairOf, type LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import { GOOD } from '../links/goodLink.ts';
import { median, print, progress, quantile, rounded } from './lib.ts';
import { productEnv, startDatabase } from './support/servers.ts';

const DAYS = 365;
const TIMES_A_DAY = 2;
const ROUNDS = 60;
const DAY_MS = 86_400_000;

const database = await startDatabase();
const server = await HubServer.create(loadConfig(productEnv(database.url).hub), { serve: false });
const { context: hub } = server;
await plantCounters(hub.connection);
await timeline(hub).start();

const dates = Array.from({ length: DAYS }, (_, ago) => shanghaiDate(Date.now() - ago * DAY_MS)).reverse();
for (const [nth, date] of dates.entries()) {
	if (nth % 30 === 0) progress(`a year of links: ${nth} of ${DAYS} days`);
	for (let time = 0; time < TIMES_A_DAY; time++)
		await Promise.all(pairs().map((ends) => measured(date, ends)));
}
await timeline(hub).flushProjections();

const matrix = await timed(() => readMatrix(hub));
const yesterday = await timed(() => readMatrix(hub, dates.at(-2)));
const month = await timed(() => readHistory(hub, { from: '310117', to: '330100', days: 30 }));
const year = await timed(() => readHistory(hub, { from: '310117', to: '330100', days: DAYS }));
await server.close('bench over');
await database.stop();

const rows = { 'matrix, today': matrix, 'matrix, another day': yesterday, '30 days': month, 'a year': year };
print({
	bench: 'matrix',
	ratios: { openMs: rounded(quantile([...matrix, ...yesterday], 0.95)) },
	aims: { openMs: '≤ 300' },
	samples: rows,
	tables: [
		{
			title: `${DAYS} days of 9 × 9 links, ${TIMES_A_DAY} times a day; ms at the hub, ${ROUNDS} times`,
			columns: ['asked', 'median', 'p95'],
			rows: Object.entries(rows).map(([name, all]) => [
				name,
				median(all).toFixed(1),
				quantile(all, 0.95).toFixed(1),
			]),
		},
	],
});
process.exit(0);

function pairs(): [CityCode, CityCode][] {
	const codes = CITIES.map(({ code }) => code).sort();
	return codes.flatMap((one, at) => codes.slice(at + 1).map((other): [CityCode, CityCode] => [one, other]));
}

function measured(date: string, ends: [CityCode, CityCode]): Promise<unknown> {
	const [first, second] = ends;
	const result: LinkResult = { verdict: 'pass', findings: [], measured: GOOD };
	const end = (cityCode: CityCode) => ({
		cityCode,
		counterId: seededCounterId(cityCode),
		windowId: null,
		staffId: randomUUID(),
		nodeId: cityCode,
	});
	return appendMeasurement(hub, pairOf(first, second), randomUUID(), {
		type: 'link.measured',
		data: {
			exchangeId: randomUUID(),
			date,
			cause: 'exchange',
			ends: [end(first), end(second)],
			forth: result,
			back: result,
		},
	});
}

async function timed(work: () => Promise<unknown>): Promise<number[]> {
	const samples: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const from = performance.now();
		await work();
		samples.push(performance.now() - from);
	}
	return samples;
}
