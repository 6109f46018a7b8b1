/**
 * `still`: from the approver's key to the still stored and shown on his own stage's strip and at the window, of a printed
 * page under a camera of 1080 and of 2160 lines. `--size=2160` for one size only.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { printPage } from '../papers/printPage.ts';
import { installPaperCamera, SHEET } from '../papers/paperCamera.ts';
import { DENSE_PAGES } from '../papers/printedPages.ts';
import { print, progress, quantile, rounded, spread } from './lib.ts';
import { launchBrowser } from './support/browser.ts';
import { CallPair } from './support/CallPair.ts';
import { Installation } from './support/starter.ts';

const { values } = parseArgs({ strict: false });
const TIMES = 12;
/** An approver looks at what he has taken. */
const BETWEEN_MS = 4_000;
const LIMIT_MS = 30_000;
/** The second of the made-up cameras, which the product takes for papers. */
const DEVICE = 'fake_device_1';
const FACE_DEVICE = 'fake_device_0';
const FLAGS = ['--use-fake-device-for-media-stream=device-count=3'];
const STEPS = ['taking', 'sending', 'storing'] as const;
const SIZES = [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
].filter(({ height }) => values['size'] === undefined || Number(values['size']) === height);

const installation = await Installation.create();
const product = await installation.start();
const browser = await launchBrowser(undefined, FLAGS);
const [page] = DENSE_PAGES;
if (!page) throw new Error('no page to print');
const paper = await printPage(await browser.newContext(), page);

const seconds: Record<string, number[]> = {};
/** Of the steps at the window, by lines. */
const steps: Record<string, Record<(typeof STEPS)[number], number[]>> = {};
for (const size of SIZES) seconds[String(size.height)] = await measure(size);
await browser.close();
await installation.remove();

const p95 = (height: number) => quantile(seconds[String(height)] ?? [], 0.95);
print({
	bench: 'still',
	ratios: Object.fromEntries(SIZES.map(({ height }) => [`p95s${height}`, rounded(p95(height))])),
	aims: { p95s2160: '≤ 2' },
	samples: { seconds, steps },
	tables: [
		{
			title: `the approver's key to the still at both sides, ${TIMES} times, seconds`,
			columns: ['lines', 'median [lowest … highest]', 'p95'],
			rows: Object.entries(seconds).map(([height, all]) => [
				height,
				spread(all, 2),
				quantile(all, 0.95).toFixed(2),
			]),
		},
		{
			title: 'of which at the window, seconds (the rest: the order there, and the news of it here)',
			columns: ['lines', ...STEPS],
			rows: Object.entries(steps).map(([height, all]) => [
				height,
				...STEPS.map((step) => spread(all[step], 2)),
			]),
		},
	],
});
process.exit(0);

async function measure(size: (typeof SIZES)[number]): Promise<number[]> {
	const made = { ...size, label: DEVICE, face: FACE_DEVICE, sheet: SHEET };
	const pair = await CallPair.create(browser, product.url, product.signIns, async (tab) => {
		await tab.addInitScript(installPaperCamera, made);
	});
	await pair.ring();
	await pair.answer();
	const { caller, callee } = pair;
	await caller.evaluate(
		async ([name, picture]) => {
			await globalThis.paperCamera.load(name, picture);
			await globalThis.paperCamera.lay(name);
		},
		[paper.name, paper.picture] as const,
	);
	await callee.getByRole('button', { name: /拍照/ }).first().waitFor();
	// As it is for whoever wants to keep what he sees: the paper lies there.
	await callee.getByText('清晰', { exact: true }).waitFor({ timeout: LIMIT_MS });
	const taken = await countOf(callee);
	const found: number[] = [];
	for (let i = 1; i <= TIMES; i++) {
		await sleep(BETWEEN_MS);
		const from = performance.now();
		await callee.keyboard.press('s');
		await Promise.all(
			[caller, callee].map((tab) => tab.getByText(`照片 ${taken + i} 张`).waitFor({ timeout: LIMIT_MS })),
		);
		found.push((performance.now() - from) / 1000);
		progress(`${size.height} lines, still ${i} of ${TIMES}: ${(found.at(-1) ?? 0).toFixed(2)} s`);
	}
	steps[String(size.height)] = await stepsOf(caller);
	await pair.hangUp();
	await pair.close();
	return found;
}

/** Stills that the case has from before. */
async function countOf(tab: (typeof CallPair.prototype)['callee']): Promise<number> {
	const text = await tab
		.getByText(/照片 \d+ 张/)
		.first()
		.textContent({ timeout: 1_000 })
		.catch(() => null);
	return Number(/\d+/.exec(text ?? '')?.[0] ?? 0);
}

/** What the page at the window noted of its own steps, in seconds. */
async function stepsOf(
	tab: (typeof CallPair.prototype)['caller'],
): Promise<Record<(typeof STEPS)[number], number[]>> {
	const all = await tab.evaluate(() =>
		performance.getEntriesByType('measure').map(({ name, duration }) => ({ name, duration })),
	);
	const of = (step: string) =>
		all.filter(({ name }) => name === `still:${step}`).map(({ duration }) => duration / 1000);
	return { taking: of('taking'), sending: of('sending'), storing: of('storing') };
}
