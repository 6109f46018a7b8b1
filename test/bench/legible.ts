/**
 * `legible`: what can be read of printed pages (A4, 10.5 and 9 pt) that are held under the document camera, in a call of
 * the product: what the camera gives, the approver's live picture, near and over lines of 4 and 1.5 Mbit/s, the
 * frame in full quality that takes its place, and the still, for which the hand is off the page. Tesseract reads; what
 * counts is the share of characters read right, relative to what the camera gave of the page held or resting. It reads
 * two equal-looking pictures a little differently, so several of each are read.
 * `--pages=1` for a quick look, `--size=1080` for one size only.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePortRow } from '../../scripts/lib/ports.mjs';
import { printPage, type Print } from '../papers/printPage.ts';
import { DENSE_PAGES } from '../papers/printedPages.ts';
import { CountedBrowser } from './legible/CountedBrowser.ts';
import { obtainTesseract } from './legible/obtainTesseract.ts';
import { CAMERAS, PaperCall } from './legible/PaperCall.ts';
import { PrintReader } from './legible/PrintReader.ts';
import { mean, median, print, progress, rounded } from './lib.ts';
import { FarLine } from './support/FarLine.ts';
import { Installation } from './support/starter.ts';

const { values } = parseArgs({ strict: false });
const PAGES = Number(values['pages'] ?? DENSE_PAGES.length);
const SIZES = [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
].filter(({ height }) => values['size'] === undefined || Number(values['size']) === height);
/** Pictures of each page in each way; their mean counts. */
const PICTURES = 6;
const WORKERS = 1;
/** A line that changes is found out about. */
const SETTLE_MS = 12_000;
const LINES = [
	{ name: 'live', rate: Infinity },
	{ name: 'live4', rate: 4_000_000 },
	{ name: 'live1_5', rate: 1_500_000 },
] as const;
const WAYS = ['live', 'live4', 'live1_5', 'lossless', 'still'] as const;
type Way = (typeof WAYS)[number];
/** What the camera gives of a page that is held, and of one that lies there by itself. */
const SOURCES = ['held', 'resting'] as const;
type Source = (typeof SOURCES)[number];
const SOURCE_OF: Record<Way, Source> = {
	live: 'held',
	live4: 'held',
	live1_5: 'held',
	lossless: 'held',
	still: 'resting',
};

await obtainTesseract();
const reading = await CountedBrowser.launch();
const context = await reading.browser.newContext();
const prints: Print[] = [];
for (const page of DENSE_PAGES.slice(0, PAGES)) prints.push(await printPage(context, page));
const reader = await PrintReader.open(reading.browser);
await measureProduct();
process.exit(0);

interface Seen {
	print: Print;
	pictures: Record<Source | Way, string[]>;
}

async function measureProduct(): Promise<void> {
	const mediaPort = await freePortRow(WORKERS + 1, '127.0.0.1');
	const installation = await Installation.create();
	const product = await installation.start({ MEDIA_PORT: String(mediaPort), WORKERS: String(WORKERS) });
	const ports = Array.from({ length: WORKERS + 1 }, (_, i) => mediaPort + i);
	const line = await FarLine.open(0, ports);
	const [clerk, approver] = [await CountedBrowser.launch(CAMERAS), await CountedBrowser.launch(CAMERAS)];
	const samples: Record<string, Record<string, number>> = {};
	for (const size of SIZES) {
		const people = product.signIns;
		const terms = { url: product.url, people, clerk, approver, size, line, prints };
		const seen: Seen[] = prints.map((one) => ({
			print: one,
			pictures: { held: [], resting: [], live: [], live4: [], live1_5: [], lossless: [], still: [] },
		}));
		const cores: number[] = [];
		line.narrow(Infinity);
		const live = await PaperCall.open({ ...terms, buildsToLossless: false });
		for (const { name, rate } of LINES) {
			line.narrow(rate);
			await sleep(SETTLE_MS);
			for (const one of seen) {
				const looked = await live.look(one.print, PICTURES);
				one.pictures[name] = looked.live;
				cores.push(looked.cores);
			}
			progress(`${String(size.height)}: looked at over the line “${name}”`);
		}
		await live.end();
		line.narrow(Infinity);
		const call = await PaperCall.open({ ...terms, buildsToLossless: true });
		await sleep(SETTLE_MS);
		for (const { print: page, pictures } of seen) {
			pictures.lossless = await call.lossless(page, PICTURES);
			pictures.held = await call.source(PICTURES);
			await call.rest();
			pictures.resting = await call.source(PICTURES);
			for (let i = 0; i < PICTURES; i++) pictures.still.push(await call.still());
			progress(`${String(size.height)}: a page looked at as a lossless frame and as a still`);
		}
		await call.end();
		samples[String(size.height)] = { ...(await read(seen, size.height)), cores: rounded(median(cores)) };
	}
	line.close();
	await installation.remove();
	report(samples);
}

/** Shares of characters read right: of the sources, and of each way relative to its source, as means over the pages. */
async function read(seen: readonly Seen[], height: number): Promise<Record<string, number>> {
	const share = {} as Record<Source | Way, number>;
	for (const name of [...SOURCES, ...WAYS]) {
		const shares: number[] = [];
		for (const { print: page, pictures } of seen) shares.push(await reader.readAll(pictures[name], page));
		share[name] = mean(shares);
		progress(`${String(height)}: read ${name}, ${share[name].toFixed(4)}`);
	}
	return {
		...Object.fromEntries(SOURCES.map((name) => [name, share[name]])),
		...Object.fromEntries(WAYS.map((way) => [way, share[way] / share[SOURCE_OF[way]]])),
	};
}

function report(samples: Record<string, Record<string, number>>): void {
	const sizes = Object.entries(samples);
	const least = (way: Way) => Number(Math.min(...sizes.map(([, one]) => one[way] ?? NaN)).toFixed(4));
	print({
		bench: 'legible',
		ratios: Object.fromEntries(WAYS.map((way) => [way, least(way)])),
		aims: { live: '≥ 0.985', live4: '≥ 0.985', live1_5: '≥ 0.985', lossless: '≥ 0.998', still: '≥ 0.998' },
		samples,
		tables: [
			{
				title:
					'Characters read right: of what the camera gives, and of what is seen relative to it; cores of the clerk’s browser',
				columns: ['height', ...SOURCES, ...WAYS, 'cores'],
				rows: sizes.map(([height, one]) => [
					height,
					...[...SOURCES, ...WAYS].map((name) => (one[name] ?? NaN).toFixed(4)),
					one['cores'] ?? NaN,
				]),
			},
		],
	});
}
