/**
 * `join`: click on “answer” to the first remote frame painted, in two Chromium pages. Three ways alternate, first on
 * this machine and then over a line with a round trip of 30 ms:
 * - bare: a page on bare mediasoup, with the same worker, whose click joins a room where somebody already sends;
 * - cold: the product, the called page loaded while it rings and answered at once, so that nothing was made ready;
 * - warm: the product as it is used: everything was made ready while it rang.
 * With `--trace` also where the time goes, step by step; `--rounds=3` for a quick look.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { freePortRow } from '../../scripts/lib/ports.mjs';
import { bundlePage } from './bare/bundlePage.ts';
import { median, print, progress, quantile, rounded, spread, type Table } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { FarLine } from './support/FarLine.ts';
import { clickToFrame, forgetFrames, watchFrames } from './support/frames.ts';
import { marksOfJoin, watchMarks } from './support/marks.ts';
import { bareMedia } from './support/servers.ts';
import { Installation } from './support/starter.ts';

const ROUNDS = Number(parseArgs({ strict: false }).values['rounds'] ?? 10);
/** From ringing to the click: somebody reads who calls, and the pages become quiet. */
const BEFORE_CLICK_MS = 2500;
const LIMIT_MS = 15_000;
const FAR_ONE_WAY_MS = 15;
const WORKERS = 2;
const traces = process.argv.includes('--trace');

const kinds = ['bare', 'cold', 'warm'] as const;
type Kind = (typeof kinds)[number];
type Way = Kind | `${Kind}30`;
const samples: Partial<Record<Way, number[]>> = {};
const steps: Partial<Record<Way, Map<string, number>[]>> = {};

const mediaPort = await freePortRow(WORKERS + 1, '127.0.0.1');
const installation = await Installation.create();
const product = await installation.start({ MEDIA_PORT: String(mediaPort), WORKERS: String(WORKERS) });
const bare = await bareMedia(await bundlePage());

await measure(await launchBrowser(), watch, '');
const ports = Array.from({ length: WORKERS + 1 }, (_, i) => mediaPort + i);
const far = await FarLine.open(FAR_ONE_WAY_MS, [...ports, Number(bare.ready.rtcPort)]);
const watchFar = async (page: Page) => {
	await watch(page);
	await far.lead(page);
};
await measure(await launchBrowser(far.proxy), watchFar, '30');
far.close();

async function watch(page: Page): Promise<void> {
	await watchFrames(page);
	if (traces) await watchMarks(page);
}

async function measure(browser: Browser, prepare: typeof watch, suffix: '' | '30'): Promise<void> {
	const pair = await CallPair.create(browser, product.url, product.signIns, prepare);
	for (let round = 0; round <= ROUNDS; round++) {
		for (const kind of kinds) {
			const way: Way = `${kind}${suffix}`;
			const ms =
				kind === 'bare'
					? await bareJoin(browser, prepare, `room${suffix}-${round}`)
					: await productJoin(pair, way, kind);
			// The first round fills caches.
			if (round > 0) (samples[way] ??= []).push(ms);
			progress(`round ${round} of ${ROUNDS}, ${way}: ${Math.round(ms)} ms`);
		}
	}
	await browser.close();
}

async function productJoin(pair: CallPair, way: Way, kind: 'cold' | 'warm'): Promise<number> {
	await pair.ring();
	if (kind === 'cold') await pair.reloadWhileRinging();
	else await sleep(BEFORE_CLICK_MS);
	await forgetFrames(pair.callee);
	await pair.answer();
	const ms = await clickToFrame(pair.callee, LIMIT_MS);
	if (traces) (steps[way] ??= []).push(await marksOfJoin(pair.callee));
	await sleep(1000);
	await pair.hangUp();
	return ms;
}

async function bareJoin(browser: Browser, prepare: typeof watch, room: string): Promise<number> {
	const contexts = [await browser.newContext(), await browser.newContext()];
	const [caller, callee] = await Promise.all(contexts.map((context) => context.newPage()));
	if (!caller || !callee) throw new Error('no page');
	for (const page of [caller, callee]) {
		await prepare(page);
		await page.goto(String(bare.ready.url));
	}
	await caller.evaluate(`call(${JSON.stringify(room)})`);
	await callee.evaluate(`offerAnswer(${JSON.stringify(room)})`);
	await sleep(BEFORE_CLICK_MS);
	await callee.getByRole('button').click();
	const ms = await clickToFrame(callee, LIMIT_MS);
	await sleep(1000);
	for (const context of contexts) await context.close();
	return ms;
}

/** The steps that most joins of this way had, by their median. */
function trace(way: Way): Table {
	const all = (steps[way] ?? []).slice(1);
	const names = [...new Set(all.flatMap((one) => [...one.keys()]))];
	const rows = names
		.map((name) => [name, all.flatMap((one) => one.get(name) ?? [])] as const)
		.filter(([, times]) => times.length > all.length / 2)
		.toSorted(([, a], [, b]) => median(a) - median(b))
		.map(([name, times]) => [name, spread(times)]);
	return {
		title: `Where the time goes, ${way}: ms after the click`,
		columns: ['', 'median [lowest … highest]'],
		rows,
	};
}

const of = (way: Way) => samples[way] ?? [];
const ratio = (kind: 'cold' | 'warm', suffix: '' | '30') =>
	rounded(median(of(`${kind}${suffix}`)) / median(of(`bare${suffix}`)));
const ways = (['', '30'] as const).flatMap((suffix) => kinds.map((kind): Way => `${kind}${suffix}`));
print({
	bench: 'join',
	ratios: {
		cold: ratio('cold', ''),
		warm: ratio('warm', ''),
		cold30: ratio('cold', '30'),
		warm30: ratio('warm', '30'),
	},
	aims: { cold: '≤ 1.25', warm: '≤ 0.4', cold30: '≤ 1.1', warm30: '≤ 0.45' },
	samples,
	tables: [
		{
			title: `Click to first remote frame, ms; ${ROUNDS} times each; …30: with a round trip of 30 ms`,
			columns: ['', 'median [lowest … highest]', 'p95', 'of bare'],
			rows: ways.map((way) => [
				way,
				spread(of(way)),
				Math.round(quantile(of(way), 0.95)),
				rounded(median(of(way)) / median(of(way.endsWith('30') ? 'bare30' : 'bare'))),
			]),
		},
		...(traces ? ways.filter((way) => !way.startsWith('bare')).map(trace) : []),
	],
});

await bare.stop();
await installation.remove();
process.exit(0);
