/** `reload`: F5 in mid-call to the first new remote frame painted, on either side in turn. */
import { setTimeout as sleep } from 'node:timers/promises';
import { print, progress, quantile, rounded, spread } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { firstFrameSince } from './support/frames.ts';
import { Installation } from './support/starter.ts';

const TIMES = 12;
const LIMIT_MS = 20_000;
const BETWEEN_MS = 3000;

const installation = await Installation.create();
const product = await installation.start();
const browser = await launchBrowser();
const pair = await CallPair.create(browser, product.url, product.signIns);
await pair.ring();
await pair.answer();
await firstFrameSince(pair.callee, 0, LIMIT_MS);

const seconds: number[] = [];
for (let i = 1; i <= TIMES; i++) {
	await sleep(BETWEEN_MS);
	const page = i % 2 ? pair.callee : pair.caller;
	const from = Date.now();
	await page.reload({ waitUntil: 'commit' });
	const painted = await firstFrameSince(page, from, LIMIT_MS);
	seconds.push((painted - from) / 1000);
	progress(`reload ${i} of ${TIMES}: ${(seconds.at(-1) ?? 0).toFixed(2)} s`);
}
await browser.close();
await installation.remove();

const p95 = quantile(seconds, 0.95);
print({
	bench: 'reload',
	ratios: { p95s: rounded(p95) },
	aims: { p95s: '≤ 3' },
	samples: { seconds },
	tables: [
		{
			title: `F5 in mid-call to a new remote frame, ${TIMES} times, seconds`,
			columns: ['median [lowest … highest]', 'p95'],
			rows: [[spread(seconds, 2), p95.toFixed(2)]],
		},
	],
});
process.exit(0);
