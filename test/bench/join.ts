/**
 * `join`: click on “answer” to the first remote frame painted, in two Chromium pages. Three ways alternate:
 * - bare: a page on bare mediasoup, with the same worker, whose click joins a room where somebody already sends;
 * - cold: the product, the called page loaded while it rings and answered at once, so that nothing was made ready;
 * - warm: the product as it is used: everything was made ready while it rang.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { bundlePage } from './bare/bundlePage.ts';
import { median, print, progress, quantile, rounded, spread } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { clickToFrame, forgetFrames, watchFrames } from './support/frames.ts';
import { bareMedia } from './support/servers.ts';
import { Installation } from './support/starter.ts';

const ROUNDS = 10;
/** From ringing to the click: somebody reads who calls, and the pages become quiet. */
const BEFORE_CLICK_MS = 2500;
const LIMIT_MS = 15_000;

const ways = ['bare', 'cold', 'warm'] as const;
type Way = (typeof ways)[number];
const samples: Record<Way, number[]> = { bare: [], cold: [], warm: [] };

const installation = await Installation.create();
const product = await installation.start();
const bare = await bareMedia(await bundlePage());
const browser = await launchBrowser();
const pair = await CallPair.create(browser, product.url, product.signIns);

for (let round = 0; round <= ROUNDS; round++) {
	for (const way of ways) {
		const ms = way === 'bare' ? await bareJoin(browser, `room-${round}`) : await productJoin(way);
		// The first round fills caches.
		if (round > 0) samples[way].push(ms);
		progress(`round ${round} of ${ROUNDS}, ${way}: ${Math.round(ms)} ms`);
	}
}

async function productJoin(way: 'cold' | 'warm'): Promise<number> {
	await pair.ring();
	if (way === 'cold') await pair.reloadWhileRinging();
	else await sleep(BEFORE_CLICK_MS);
	await forgetFrames(pair.callee);
	await pair.answer();
	const ms = await clickToFrame(pair.callee, LIMIT_MS);
	await sleep(1000);
	await pair.hangUp();
	return ms;
}

async function bareJoin(chromium: Browser, room: string): Promise<number> {
	const contexts = [await chromium.newContext(), await chromium.newContext()];
	const [caller, callee] = await Promise.all(contexts.map((context) => context.newPage()));
	if (!caller || !callee) throw new Error('no page');
	for (const page of [caller, callee]) {
		await watchFrames(page);
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

const bareMedian = median(samples.bare);
print({
	bench: 'join',
	ratios: {
		cold: rounded(median(samples.cold) / bareMedian),
		warm: rounded(median(samples.warm) / bareMedian),
	},
	aims: { cold: '≤ 1.15', warm: '≤ 0.35' },
	samples,
	tables: [
		{
			title: `Click to first remote frame, ms; ${ROUNDS} times each`,
			columns: ['', 'median [lowest … highest]', 'p95', 'of bare'],
			rows: ways.map((way) => [
				way,
				spread(samples[way]),
				Math.round(quantile(samples[way], 0.95)),
				rounded(median(samples[way]) / bareMedian),
			]),
		},
	],
});

await browser.close();
await bare.stop();
await installation.remove();
process.exit(0);
