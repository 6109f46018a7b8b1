/**
 * `annotate`: a point drawn with the pen on the live paper → painted at the other side, in two Chromium pages of a call.
 * Every point counts until it, or a later one, is seen there. With one room; with ten, in the nine others of which both
 * sides draw without a pause; and over a line with a round trip of 30 ms that loses 2 % of what goes over TCP (a
 * model, see `LossyWay`). Two bare pages are the baseline, alone and beside the call: what browsers and machine take for
 * themselves. For comparison also: the finished mark, which is acknowledged and on the timeline.
 * `--strokes=3` for a quick look.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { freePortRow } from '../../scripts/lib/ports.mjs';
import { installPaperCamera, SHEET } from '../papers/paperCamera.ts';
import { openInkPages } from './bare/inkPages.ts';
import { median, print, progress, quantile, rounded } from './lib.ts';
import { MarkingRoom } from './load/MarkingRoom.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { FarLine } from './support/FarLine.ts';
import { takeInk, watchInk, type InkPoint } from './support/inkLog.ts';
import { Installation } from './support/starter.ts';

const STROKES = Number(parseArgs({ strict: false }).values['strokes'] ?? 30);
const OTHER_ROOMS = 9;
const FRAME_MS = 1000 / 60;
/** Of one stroke, and of the hand between two. */
const POINTS = 60;
const PAUSE_MS = 400;
const FAR_ONE_WAY_MS = 15;
const LOSS = 0.02;
const WORKERS = 2;
/** A document camera beside the face; made pictures in place of the browser's own ones, which cost more than the call. */
const CAMERAS = ['--use-fake-device-for-media-stream=device-count=3'];
const MADE = { width: 1920, height: 1080, label: 'fake_device_1', face: 'fake_device_0', sheet: SHEET };

interface Sample {
	/** Point drawn → painted remotely, ms. */
	points: number[];
	/** Pen lifted → the mark of the timeline painted remotely, ms. */
	marks: number[];
	/** Pictures of a stroke that were painted, per second of drawing. */
	updates: number[];
}
const ways = ['bare alone', 'bare beside a call', 'one room', 'ten rooms', 'far and lossy'] as const;
type Way = (typeof ways)[number];
const CALLS: readonly Way[] = ['one room', 'ten rooms', 'far and lossy'];
const samples: Partial<Record<Way, Sample>> = {};

const mediaPort = await freePortRow(WORKERS + 1, '127.0.0.1');
const installation = await Installation.create();
const product = await installation.start({ MEDIA_PORT: String(mediaPort), WORKERS: String(WORKERS) });

const near = await launchBrowser(undefined, CAMERAS);
const bare = await openInkPages(near, watchInk);
samples['bare alone'] = await draw(bare, 'bare alone');
const pair = await inCall(near, watchInk);
samples['bare beside a call'] = await draw(bare, 'bare beside a call');
await bare.close();
samples['one room'] = await draw(pair, 'one room');
progress(`${OTHER_ROOMS} other rooms begin to draw`);
const rooms: MarkingRoom[] = [];
for (let i = 0; i < OTHER_ROOMS; i++) rooms.push(await MarkingRoom.open(product.url, product.signIns, i));
for (const room of rooms) room.start();
await sleep(2_000);
samples['ten rooms'] = await draw(pair, 'ten rooms');
const heard = rooms.reduce((sum, room) => sum + room.heard, 0);
for (const room of rooms) room.close();
await pair.hangUp();
await near.close();

const ports = Array.from({ length: WORKERS + 1 }, (_, i) => mediaPort + i);
const line = await FarLine.open(FAR_ONE_WAY_MS, ports, LOSS);
const far = await launchBrowser(line.proxy, CAMERAS);
const farPair = await inCall(far, async (page) => {
	await watchInk(page);
	await line.lead(page);
});
samples['far and lossy'] = await draw(farPair, 'far and lossy');
await far.close();
line.close();

async function inCall(browser: Browser, watch: (page: Page) => Promise<void>): Promise<CallPair> {
	const call = await CallPair.create(browser, product.url, product.signIns, async (page) => {
		await page.addInitScript(installPaperCamera, MADE);
		await watch(page);
	});
	await call.ring();
	await call.answer();
	for (const page of [call.caller, call.callee])
		await page.getByRole('button', { name: '画笔', disabled: false }).waitFor();
	// Pictures grow to their full size, and the pages become quiet.
	await sleep(8_000);
	return call;
}

/** The permit side draws waves over the paper of the receiving side. */
async function draw({ caller, callee }: Pick<CallPair, 'caller' | 'callee'>, way: Way): Promise<Sample> {
	const sample: Sample = { points: [], marks: [], updates: [] };
	await callee.keyboard.press('P');
	for (let stroke = 0; stroke <= STROKES; stroke++) {
		await takeInk(caller);
		const lifted = await wave(callee, stroke);
		await sleep(PAUSE_MS);
		const { drawn } = await takeInk(callee);
		const { painted, kept } = await takeInk(caller);
		// The first stroke fetches and compiles.
		if (stroke === 0) continue;
		sample.points.push(...delays(drawn, painted));
		const mark = kept.find((at) => at > lifted);
		if (mark !== undefined) sample.marks.push(mark - lifted);
		const [first, last] = [drawn[0], drawn.at(-1)];
		if (first && last) sample.updates.push((painted.length / (last.at - first.at)) * 1000);
		if (stroke % 10 === 0) progress(`${way}: ${stroke} of ${STROKES} strokes`);
		// Room for the next ones.
		if (stroke % 15 === 0) for (let i = 0; i < 15; i++) await callee.keyboard.press('Control+Z');
	}
	return sample;
}

/** Draws a wave from left to right at the pace of a screen; returns when the pen was lifted (ms since 1970). */
async function wave(page: Page, stroke: number): Promise<number> {
	const box = await page.getByTestId('marks').boundingBox();
	if (!box) throw new Error('there is no picture');
	const at = (i: number) => ({
		x: box.x + box.width * (0.15 + (0.7 * i) / POINTS),
		y: box.y + box.height * (0.3 + 0.4 * (stroke / STROKES) + 0.05 * Math.sin(i / 5)),
	});
	await page.mouse.move(at(0).x, at(0).y);
	await page.mouse.down();
	const began = performance.now();
	const moves: Promise<void>[] = [];
	for (let i = 1; i <= POINTS; i++) {
		// A hand does not wait for the page.
		moves.push(page.mouse.move(at(i).x, at(i).y));
		await sleep(Math.max(0, began + i * FRAME_MS - performance.now()));
	}
	await Promise.all(moves);
	await page.mouse.up();
	return performance.timeOrigin + performance.now();
}

/** For each point the time until it, or one further to the right, was painted. */
function delays(drawn: readonly InkPoint[], painted: readonly InkPoint[]): number[] {
	const HALF_A_STEP = 0.35 / POINTS;
	return drawn.flatMap(({ x, at }) => {
		const seen = painted.find((one) => one.at >= at && one.x >= x - HALF_A_STEP);
		return seen ? [seen.at - at] : [];
	});
}

const p95 = (way: Way) => quantile(samples[way]?.points ?? [], 0.95);
print({
	bench: 'annotate',
	ratios: {
		p95ms: rounded(Math.max(p95('one room'), p95('ten rooms'))),
		p95msLossy: rounded(p95('far and lossy')),
		p95msBare: rounded(p95('bare beside a call')),
		updatesPerSecond: rounded(median(CALLS.flatMap((way) => samples[way]?.updates ?? []))),
	},
	aims: { p95ms: '≤ 40', p95msLossy: '≤ 120', updatesPerSecond: '≥ 30' },
	samples: { ...samples, heardInOtherRooms: heard },
	tables: [
		{
			title: `Point drawn → painted at the other side, ms; ${STROKES} strokes of ${POINTS} points`,
			columns: ['', 'points', 'median', 'p95', 'p99', 'updates/s', 'kept mark: median', 'p95'],
			rows: ways.map((way) => {
				const { points = [], marks = [], updates = [] } = samples[way] ?? {};
				const figures = [median(points), quantile(points, 0.95), quantile(points, 0.99), median(updates)];
				const kept = [median(marks), quantile(marks, 0.95)];
				return [way, points.length, ...[...figures, ...kept].map((one) => one.toFixed(0))];
			}),
		},
	],
});

await installation.remove();
process.exit(0);
