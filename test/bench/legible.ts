/**
 * `legible`: what can be read of printed pages (A4, 10.5 and 9 pt) that are held under the document camera, in a call of
 * the product: what the camera gives, the approver's live picture, near and over lines of 4 and 1.5 Mbit/s, the
 * frame in full quality that takes its place, and the still. Tesseract reads; what counts is the share of characters read right, relative to what the camera gave.
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
import { median, print, progress, rounded } from './lib.ts';
import { FarLine } from './support/FarLine.ts';
import { Installation } from './support/starter.ts';

const { values } = parseArgs({ strict: false });
const PAGES = Number(values['pages'] ?? DENSE_PAGES.length);
const SIZES = [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
].filter(({ height }) => values['size'] === undefined || Number(values['size']) === height);
/** Pictures of each page; their median counts. */
const PICTURES = 3;
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
	source: string[];
	ways: Record<Way, string[]>;
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
			source: [],
			ways: { live: [], live4: [], live1_5: [], lossless: [], still: [] },
		}));
		const cores: number[] = [];
		line.narrow(Infinity);
		const live = await PaperCall.open({ ...terms, buildsToLossless: false });
		for (const { name, rate } of LINES) {
			line.narrow(rate);
			await sleep(SETTLE_MS);
			for (const one of seen) {
				const looked = await live.look(one.print, PICTURES);
				one.ways[name] = looked.live;
				cores.push(looked.cores);
			}
		}
		await live.end();
		line.narrow(Infinity);
		const call = await PaperCall.open({ ...terms, buildsToLossless: true });
		await sleep(SETTLE_MS);
		for (const one of seen) {
			one.ways.lossless = await call.lossless(one.print, PICTURES);
			one.source = await call.source(PICTURES);
			await call.rest();
			one.ways.still = [await call.still()];
		}
		await call.end();
		samples[String(size.height)] = { ...(await read(seen, size.height)), cores: rounded(median(cores)) };
	}
	line.close();
	await installation.remove();
	report(samples);
}

/** Shares of characters read right: of the source, and of each way relative to it, as means over the pages. */
async function read(seen: readonly Seen[], height: number): Promise<Record<string, number>> {
	const sums: Record<string, number> = { source: 0 };
	for (const { print: page, source, ways } of seen) {
		sums['source'] = (sums['source'] ?? 0) + (await reader.readAll(source, page));
		for (const way of WAYS) {
			sums[way] = (sums[way] ?? 0) + (await reader.readAll(ways[way], page));
		}
		progress(`${String(height)}: read ${page.name}`);
	}
	const { source = NaN } = sums;
	return {
		source: source / seen.length,
		...Object.fromEntries(WAYS.map((way) => [way, (sums[way] ?? NaN) / source])),
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
					'Characters read right: of the source, and of what is seen relative to it; cores of the clerk’s browser',
				columns: ['height', 'source', ...WAYS, 'cores'],
				rows: sizes.map(([height, one]) => [
					height,
					...['source', ...WAYS].map((name) => (one[name] ?? NaN).toFixed(4)),
					one['cores'] ?? NaN,
				]),
			},
		],
	});
}
