/**
 * `codecs`: what the document stream could be sent in. A printed page is held under a camera of 1080 and of 2160 lines;
 * each codec gets 500, 1,500 and 4,000 kbit/s. What can be read of it relative to what the camera gave (Tesseract), how
 * many pictures a second there are, and what it takes of the PC. `--size=1080` for one size only. The decision that rests
 * on it: docs/decisions/document-codec.md.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { installPaperCamera, SHEET } from '../papers/paperCamera.ts';
import { printPage } from '../papers/printPage.ts';
import { DENSE_PAGES } from '../papers/printedPages.ts';
import { closeLink, figuresOver, openLink, SHOWN, type LinkFigures } from './codecs/DocumentLink.ts';
import { CountedBrowser } from './legible/CountedBrowser.ts';
import { obtainTesseract } from './legible/obtainTesseract.ts';
import { CAMERAS } from './legible/PaperCall.ts';
import { grabPictures, grabSource } from './legible/pictures.ts';
import { PrintReader } from './legible/PrintReader.ts';
import { print, progress, rounded } from './lib.ts';

const { values } = parseArgs({ strict: false });
const SIZES = [
	{ width: 1920, height: 1080 },
	{ width: 3840, height: 2160 },
].filter(({ height }) => values['size'] === undefined || Number(values['size']) === height);
const CODECS = ['video/VP8', 'video/VP9', 'video/AV1', 'video/H264'] as const;
const RATES = [500_000, 1_500_000, 4_000_000] as const;
/** The bandwidth is found out first; then the page is laid, and looked at while it is held. */
const SETTLE_MS = 6_000;
const LOOK_MS = 3_000;

interface Row extends LinkFigures {
	lines: number;
	codec: string;
	rate: number;
	/** Share of characters read right relative to the camera's own picture. */
	read: number;
	/** Of one browser, which sends and receives. */
	cores: number;
}

await obtainTesseract();
const counted = await CountedBrowser.launch(CAMERAS);
const reading = await CountedBrowser.launch();
const server = createServer((_request, response) => {
	response.setHeader('content-type', 'text/html').end('<!doctype html><title>papers</title>');
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
const [design, other] = DENSE_PAGES;
if (!design || !other) throw new Error('no pages to print');
const prints = [
	await printPage(await reading.browser.newContext(), design),
	await printPage(await reading.browser.newContext(), other),
];
const [first, second] = prints;
const reader = await PrintReader.open(reading.browser);
const rows: Row[] = [];
for (const size of SIZES) await measure(size);
await counted.browser.close();
await reading.browser.close();
server.close();
report();
process.exit(0);

async function measure(size: (typeof SIZES)[number]): Promise<void> {
	const page = await (await counted.browser.newContext()).newPage();
	await page.addInitScript(installPaperCamera, { ...size, label: 'fake_device_1', sheet: SHEET });
	await page.goto(address);
	for (const { name, picture } of prints)
		await page.evaluate(([key, bytes]) => globalThis.paperCamera.load(key, bytes), [name, picture] as const);
	let source: number | undefined;
	for (const codec of CODECS) {
		for (const rate of RATES) {
			if (!(await openLink(page, { mimeType: codec, rate }))) {
				progress(`${codec} is not sent by this browser`);
				break;
			}
			await lay(page, first?.name);
			await page.waitForTimeout(SETTLE_MS);
			await lay(page, second?.name);
			const [from, cpu] = [performance.now(), counted.cpu()];
			const figures = await figuresOver(page, LOOK_MS);
			const cores = ((counted.cpu() - cpu) * 1000) / (performance.now() - from);
			const pictures = await grabPictures(page, SHOWN, 1);
			source ??= second && (await reader.readAll(await grabSource(page, 1), second));
			const read = second ? (await reader.readAll(pictures, second)) / (source ?? NaN) : NaN;
			await closeLink(page);
			rows.push({ lines: size.height, codec: codec.slice('video/'.length), rate, read, cores, ...figures });
			progress(`${size.height} lines, ${codec}, ${rate / 1000} kbit/s: ${read.toFixed(3)} read`);
		}
	}
	await page.close();
}

function lay(page: Page, name = ''): Promise<void> {
	return page.evaluate((paper) => globalThis.paperCamera.lay(paper), name);
}

function report(): void {
	print({
		bench: 'codecs',
		ratios: Object.fromEntries(
			rows
				.filter(({ rate }) => rate === 1_500_000)
				.map(({ codec, lines, read }) => [`${codec.toLowerCase()}_${String(lines)}`, rounded(read)]),
		),
		aims: {},
		samples: { rows },
		tables: [
			{
				title:
					'A page that was just laid and is held: what is read of it, pictures per second, and what it takes',
				columns: ['lines', 'codec', 'kbit/s', 'sent', 'read', 'fps', 'ms to encode', 'ms to decode', 'cores'],
				rows: rows.map(({ lines, codec, rate, sent, read, fps, encodeMs, decodeMs, cores }) => [
					lines,
					codec,
					rate / 1000,
					Math.round(sent / 1000),
					read.toFixed(3),
					fps.toFixed(1),
					encodeMs.toFixed(0),
					decodeMs.toFixed(0),
					cores.toFixed(2),
				]),
			},
		],
	});
}
