/**
 * `lossless`: a printed page is laid under the camera, by turns to lie there and held by a hand that shakes → its picture
 * in full quality on the approver's stage; the camera sees it move → the moving picture is in its place again, and its
 * next picture is painted, in pictures of the camera; at 1080 and 2160 lines. And what that adds to both browsers, and to
 * that next picture, against the same call without it. `--size=1080` for one size only, `--times=3` for a quick look.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { printPage, type Print } from '../papers/printPage.ts';
import { installPaperCamera, SHEET } from '../papers/paperCamera.ts';
import { DENSE_PAGES } from '../papers/printedPages.ts';
import { CountedBrowser } from './legible/CountedBrowser.ts';
import { CAMERAS } from './legible/PaperCall.ts';
import { print, progress, quantile, rounded, spread } from './lib.ts';
import { CallPair } from './support/CallPair.ts';
import { crispAfter, movingAfter, watchShown } from './support/shownPaper.ts';
import { Installation } from './support/starter.ts';

const { values } = parseArgs({ strict: false });
const TIMES = Number(values['times'] ?? 15);
const SIZES = [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
].filter(({ height }) => values['size'] === undefined || Number(values['size']) === height);
const CAMERA_FPS = 15;
const LIMIT_MS = 60_000;
/** It stays crisp for a while, and is moved about for a while. */
const CRISP_MS = 2_000;
const MOVED_MS = 1_500;
/** Both browsers are counted over so long, with a page laid again and again. */
const COUNTED_MS = 20_000;

interface Sample {
	/** Laid → crisp, seconds; and with a hand that holds it. */
	seconds: number[];
	held: number[];
	/** Moved → not crisp any more, in pictures of the camera; → the next one is painted; and that without crisp ones. */
	frames: number[];
	next: number[];
	bareNext: number[];
	/** Cores of the clerk's and of the approver's browser, with lossless pictures and without. */
	cores: { with: readonly [number, number]; without: readonly [number, number] };
}

const installation = await Installation.create();
const product = await installation.start();
const [clerk, approver] = [await CountedBrowser.launch(CAMERAS), await CountedBrowser.launch(CAMERAS)];
const context = await clerk.browser.newContext();
const prints: Print[] = [];
for (const page of DENSE_PAGES.slice(0, 2)) prints.push(await printPage(context, page));
await context.close();

const pictures = (ms: number) => (ms * CAMERA_FPS) / 1000;
const samples: Record<string, Sample> = {};
for (const size of SIZES) samples[String(size.height)] = await measure(size);
await clerk.browser.close();
await approver.browser.close();
await installation.remove();
report();
process.exit(0);

async function measure(size: (typeof SIZES)[number]): Promise<Sample> {
	const pair = await inCall(size, () => Promise.resolve());
	const seconds: number[] = [];
	const held: number[] = [];
	const frames: number[] = [];
	const next: number[] = [];
	for (let i = 0; i < 2 * TIMES; i++) {
		const laidAt = await lay(pair.caller, i);
		if (i % 2 === 0) await pair.caller.evaluate(() => globalThis.paperCamera.rest());
		const crispAt = await crispAfter(pair.callee, laidAt, LIMIT_MS);
		const took = (crispAt - laidAt) / 1000;
		(i % 2 === 0 ? seconds : held).push(took);
		await sleep(CRISP_MS);
		const movedAt = await move(pair.caller);
		const { goneAt, paintedAt } = await movingAfter(pair.callee, movedAt, LIMIT_MS);
		frames.push(pictures(goneAt - movedAt));
		next.push(pictures(paintedAt - movedAt));
		progress(
			`${size.height} lines, ${i + 1} of ${2 * TIMES}: ${i % 2 === 0 ? 'laid' : 'held'}, crisp after ${took.toFixed(2)} s, moving after ${frames.at(-1)?.toFixed(1) ?? ''} pictures`,
		);
		await sleep(MOVED_MS);
	}
	const withIt = await cores(pair);
	await pair.hangUp();
	await pair.close();
	const bare = await inCall(size, (tab) =>
		// A browser that shows a page no single pictures: nothing is ever known to lie still.
		tab.addInitScript(() => Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor')),
	);
	const bareNext: number[] = [];
	for (let i = 0; i < TIMES; i++) {
		await lay(bare.caller, i);
		await sleep(CRISP_MS);
		const movedAt = await move(bare.caller);
		bareNext.push(pictures((await movingAfter(bare.callee, movedAt, LIMIT_MS)).paintedAt - movedAt));
		await sleep(MOVED_MS);
	}
	const without = await cores(bare);
	await bare.hangUp();
	await bare.close();
	return { seconds, held, frames, next, bareNext, cores: { with: withIt, without } };
}

async function inCall(
	size: (typeof SIZES)[number],
	prepare: (tab: Page) => Promise<unknown>,
): Promise<CallPair> {
	const made = { ...size, label: 'fake_device_1', face: 'fake_device_0', sheet: SHEET };
	const pair = await CallPair.create(
		[clerk.browser, approver.browser],
		product.url,
		product.signIns,
		async (tab) => {
			await tab.addInitScript(installPaperCamera, made);
			await prepare(tab);
		},
	);
	await pair.ring();
	await pair.answer();
	const load = ([name, picture]: readonly [string, string]) => globalThis.paperCamera.load(name, picture);
	for (const { name, picture } of prints) await pair.caller.evaluate(load, [name, picture] as const);
	await pair.callee.locator('.stage video[data-source="document"][data-own="false"]').waitFor();
	await watchShown(pair.callee);
	return pair;
}

/** The other page than before; returns when it lay there, by the wall clock. */
function lay(tab: Page, turn: number): Promise<number> {
	return tab.evaluate(
		async (name) => {
			await globalThis.paperCamera.lay(name);
			return performance.timeOrigin + performance.now();
		},
		prints[turn % prints.length]?.name ?? '',
	);
}

function move(tab: Page): Promise<number> {
	return tab.evaluate(async () => {
		await globalThis.paperCamera.move();
		return performance.timeOrigin + performance.now();
	});
}

/** Both browsers, while pages are laid, held and moved. */
async function cores({ caller }: CallPair): Promise<readonly [number, number]> {
	const [from, before] = [performance.now(), [clerk.cpu(), approver.cpu()] as const];
	for (let turn = 0; performance.now() - from < COUNTED_MS; turn++) {
		await lay(caller, turn);
		await sleep(2 * CRISP_MS);
		await move(caller);
		await sleep(MOVED_MS / 2);
	}
	const passed = (performance.now() - from) / 1000;
	return [(clerk.cpu() - before[0]) / passed, (approver.cpu() - before[1]) / passed];
}

function report(): void {
	const p95 = (key: 'seconds' | 'held' | 'frames', height: string) =>
		quantile(samples[height]?.[key] ?? [], 0.95);
	const rows = Object.entries(samples);
	print({
		bench: 'lossless',
		ratios: Object.fromEntries(
			rows.flatMap(([height]) => {
				const name = height === '1080' ? '' : height;
				return [
					[`p95s${name}`, rounded(p95('seconds', height))],
					[`p95sHeld${name}`, rounded(p95('held', height))],
					[`frames${name}`, rounded(p95('frames', height))],
				];
			}),
		),
		aims: { p95s: '≤ 1.5', frames: '≤ 2' },
		samples,
		tables: [
			{
				title: `laid still → crisp (s), moved → moving (pictures of the camera), ${TIMES} times; cores of both browsers`,
				columns: [
					'lines',
					'laid',
					'p95',
					'held',
					'p95',
					'moving',
					'p95',
					'next',
					'without',
					'clerk',
					'without',
					'approver',
					'without',
				],
				rows: rows.map(([height, { seconds, held, frames, next, bareNext, cores: spent }]) => [
					height,
					spread(seconds, 2),
					p95('seconds', height).toFixed(2),
					spread(held, 2),
					p95('held', height).toFixed(2),
					spread(frames, 1),
					p95('frames', height).toFixed(1),
					spread(next, 1),
					spread(bareNext, 1),
					...[0, 1].flatMap((at) =>
						[spent.with[at] ?? NaN, spent.without[at] ?? NaN].map((one) => one.toFixed(2)),
					),
				]),
			},
		],
	});
}
