/**
 * `reading`: a call in which a still of 3840×2160 is read over and over at the approver's page, against the same call
 * while nothing is read; both ways alternate. Frames of the other side that are painted per second, CPU of all its
 * Chromium processes and of the whole machine's call, and how long one still takes in a call.
 * `--rounds=2` for a quick look.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { photographLicence } from '../reading/licence.ts';
import { callWithPaper } from '../reading/inCall.ts';
import { median, print, progress, quantile, rounded, spread } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { forgetFrames, watchFrames } from './support/frames.ts';
import { Installation } from './support/starter.ts';

const ROUNDS = Number(parseArgs({ strict: false }).values['rounds'] ?? 6);
const ROUND_MS = 20_000;
/** Frame rate and bit rate have found their height by then. */
const SETTLE_MS = 15_000;
const LIMIT_MS = 120_000;

const ways = ['idle', 'reading'] as const;
type Way = (typeof ways)[number];
const fps: Record<Way, number[]> = { idle: [], reading: [] };
const cpu: Record<Way, number[]> = { idle: [], reading: [] };
/** Milliseconds from the click to the findings. */
const took: number[] = [];

const installation = await Installation.create();
const product = await installation.start({});
const browser = await launchBrowser();
const pair = await CallPair.create(browser, product.url, product.signIns, watchFrames);
const paper = await photographLicence(pair.caller.context());
await callWithPaper({ page: pair.caller }, paper);
await pair.answer();
const approver = pair.callee;
await approver.waitForURL(/\/call\//);
await sleep(SETTLE_MS);
const stillButton = approver.getByRole('button', { name: /^打开照片/ }).first();
await approver.keyboard.press('s');
await stillButton.click();
await approver.keyboard.press('q');
const again = approver.getByRole('button', { name: '再读一次' });
await again.waitFor({ timeout: LIMIT_MS });
const system = await browser.newBrowserCDPSession();

for (let round = 0; round <= ROUNDS; round++) {
	for (const way of ways) {
		const measured = await measure(way, approver, system);
		// The first round fills caches.
		if (round === 0) continue;
		fps[way].push(measured.fps);
		cpu[way].push(measured.cpu);
		progress(`round ${round} of ${ROUNDS}, ${way}: ${measured.fps.toFixed(1)} frames/s`);
	}
}

async function measure(way: Way, page: Page, cdp: CDPSession): Promise<{ fps: number; cpu: number }> {
	await sleep(1_000);
	await forgetFrames(page);
	const before = await cpuSeconds(cdp);
	const from = performance.now();
	const until = from + ROUND_MS;
	while (way === 'reading' && performance.now() < until) {
		const begun = performance.now();
		await again.click();
		await again.waitFor({ state: 'detached', timeout: LIMIT_MS });
		await again.waitFor({ timeout: LIMIT_MS });
		took.push(performance.now() - begun);
	}
	await sleep(Math.max(0, until - performance.now()));
	const seconds = (performance.now() - from) / 1000;
	const frames = await page.evaluate(() => globalThis.frameLog?.frames.length ?? 0);
	return { fps: frames / seconds, cpu: ((await cpuSeconds(cdp)) - before) / seconds };
}

/** Of all processes of the browser, both pages among them. */
async function cpuSeconds(cdp: CDPSession): Promise<number> {
	const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
	return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

print({
	bench: 'reading',
	ratios: {
		fps: rounded(median(fps.reading) / median(fps.idle)),
		cpu: rounded(median(cpu.reading) / median(cpu.idle)),
		stillS: rounded(median(took) / 1000),
	},
	aims: { fps: '≥ 0.95' },
	samples: { fps, cpu, took },
	tables: [
		{
			title: `Frames of the other side painted per second while a still of 3840×2160 is read, ${ROUNDS} rounds of ${ROUND_MS / 1000} s`,
			columns: ['', 'frames/s, median [lowest … highest]', 'CPU of the browsers, cores'],
			rows: ways.map((way) => [way, spread(fps[way], 1), spread(cpu[way], 2)]),
		},
		{
			title: 'One still of 3840×2160 in a call, s',
			columns: ['stills', 'median [lowest … highest]', 'p95'],
			rows: [
				[
					took.length,
					spread(
						took.map((ms) => ms / 1000),
						2,
					),
					(quantile(took, 0.95) / 1000).toFixed(2),
				],
			],
		},
	],
});

await browser.close();
await installation.remove();
process.exit(0);
