/** `notice`: one-time notices as PDF, each with a code and entries of its own, one after the other and eight at a time. */
import { randomBytes, randomUUID } from 'node:crypto';
import { HubServer } from '@counter-hub/hub-server/HubServer.ts';
import { loadConfig } from '@counter-hub/hub-server/config.ts';
import { catalogue } from '@counter-hub/hub-server/features/catalogue/Catalogue.ts';
import { noticePdf } from '@counter-hub/hub-server/features/reviews/noticePdf.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { ANNEX_A } from '@counter-hub/hub-server/features/catalogue/annexA.ts';
import { plantCounters, seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import type { Notice } from '@counter-hub/shared/reviews/reviews.ts';
import { print, progress, quantile, rounded } from './lib.ts';
import { productEnv, startDatabase } from './support/servers.ts';

const SECONDS = 6;
const AT_ONCE = 8;
const ENTRIES = 5;

const database = await startDatabase();
const { server, caseId } = await hubWithCase(database.url);
const { context: hub } = server;

progress('the first one brings the fonts');
const first = await timed(() => noticePdf(hub, caseId, newNotice(), new Date()));
const single = await rate(1);
const several = await rate(AT_ONCE);
await server.close('bench over');
await database.stop();

print({
	bench: 'notice',
	ratios: { perSecond: rounded(single.perSecond) },
	aims: { perSecond: '≥ 20' },
	samples: { firstMs: first, single, several },
	tables: [
		{
			title: `one-time notices of ${ENTRIES} entries as PDF`,
			columns: ['at a time', 'per second', 'p95 ms', 'bytes'],
			rows: [single, several].map(({ atOnce, perSecond, p95, bytes }) => [
				atOnce,
				perSecond.toFixed(0),
				p95.toFixed(1),
				bytes,
			]),
		},
		{ title: 'the first one, with the fonts', columns: ['ms'], rows: [[first.toFixed(0)]] },
	],
});
process.exit(0);

async function rate(atOnce: number) {
	progress(`${atOnce} at a time for ${SECONDS} s`);
	const durations: number[] = [];
	let bytes = 0;
	const until = performance.now() + SECONDS * 1000;
	const work = async () => {
		while (performance.now() < until) {
			durations.push(
				await timed(async () => {
					bytes = (await noticePdf(hub, caseId, newNotice(), new Date())).length;
				}),
			);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
	return { atOnce, perSecond: durations.length / SECONDS, p95: quantile(durations, 0.95), bytes };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await work();
	return performance.now() - from;
}

function newNotice(): Notice {
	return {
		noticeId: randomUUID(),
		noticeNo: `SJ-261129-${Math.floor(Math.random() * 10_000)}-B1`,
		publicId: randomBytes(16).toString('base64url'),
		round: 1,
		entries: Array.from({ length: ENTRIES }, (_, i) => ({
			materialNo: i + 1,
			materialName: `材料 ${i + 1}`,
			reasons: [`第 ${Math.floor(Math.random() * 100)} 页未签字`, '召开日期未填写'],
			bring: '补填日期并盖章的原件',
			stillIds: [randomUUID()],
		})),
	};
}

/** A hub that serves nobody, with one case on its timeline. */
async function hubWithCase(mongodbUrl: string): Promise<{ server: HubServer; caseId: string }> {
	const made = await HubServer.create(loadConfig(productEnv(mongodbUrl).hub), { serve: false });
	await plantCounters(made.context.connection);
	await catalogue(made.context).put(ANNEX_A);
	await timeline(made.context).start();
	const id = randomUUID();
	const origin = seededCounterId('310117');
	await timeline(made.context).append({
		subject: `case:${id}`,
		commandId: randomUUID(),
		decide: () => [
			{
				type: 'case.opened',
				actor: { kind: 'system', by: 'hub' },
				data: {
					caseNo: 'SJ-261129-0001',
					itemNo: 5,
					enterpriseName: '杭州澄砚精密仪器有限公司',
					uscc: '91330100MA0000023P',
					usccWarning: false,
					personId: randomUUID(),
					originCity: '310117',
					originCounterId: origin,
					permitCity: '330100',
					permitCounterId: seededCounterId('330100'),
					demo: false,
				},
			},
		],
	});
	return { server: made, caseId: id };
}
