/// <reference lib="dom" />
import { rm } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { completeCitizenId } from '@counter-hub/shared/codes/citizenId.ts';
import type { Finding, FindingKind, PicturePlace } from '@counter-hub/shared/reading/findings.ts';
import { Pc } from '../platform/browser.ts';
import { TestHub } from '../platform/newHub.ts';
import { drawCode } from './drawCode.ts';
import { photographLicence, SAMPLE_LICENCE } from './licence.ts';
import { buildReadingPage } from './page/buildReadingPage.ts';
import type { Reading } from './page/readingPage.ts';
import { photographPaper, type PaperLook } from './photographPaper.ts';

const TODAY = '2026-11-23';
let webRoot: string;
let hub: TestHub;
let pc: Pc;
let page: Page;
/** Whatever the page and its worker asked of anybody else, and what the browser refused them. */
const astray: string[] = [];

// One page for all: the reader's parts are loaded once, as in use.
beforeAll(async () => {
	webRoot = await buildReadingPage();
	hub = await TestHub.create({ config: { webRoot } });
	pc = await Pc.boot({ devices: false });
	pc.context.on('request', (request) => {
		if (!request.url().startsWith(hub.url) && !/^(?:blob|data):/.test(request.url()))
			astray.push(request.url());
	});
	// Nothing outside can be reached, whatever asks for it.
	await pc.context.route(
		(url) => url.origin !== hub.url && url.protocol.startsWith('http'),
		(route) => route.abort(),
	);
	({ page } = await pc.open(hub.url, (opened) => {
		opened.on('console', (line) => {
			if (/Content Security Policy|Refused to/.test(line.text())) astray.push(line.text());
		});
		return Promise.resolve();
	}));
});
afterAll(async () => {
	await pc.shutDown();
	await hub.close();
	await rm(webRoot, { recursive: true, force: true });
});

const read = (bytes: Buffer, name: string, turns = 0): Promise<Reading> =>
	page.evaluate(([picture, wish]) => readingPage.read(picture, wish), [
		bytes.toString('base64'),
		{ name, today: TODAY, turns },
	] as const);

const find = (findings: readonly Finding[], kind: FindingKind, text: string) =>
	findings.find((one) => one.kind === kind && one.text === text);

/** Both edges of the place, in shares of the picture. */
function isAt(finding: Finding | undefined, wanted: PicturePlace | undefined): boolean {
	if (!finding || !wanted) return false;
	const { place } = finding;
	const off = [
		place.x - wanted.x,
		place.y - wanted.y,
		place.x + place.width - wanted.x - wanted.width,
		place.y + place.height - wanted.y - wanted.height,
	];
	return off.every((edge) => Math.abs(edge) <= 0.02);
}

const LOOKS: readonly (readonly [string, PaperLook])[] = [
	['at 3840×2160', {}],
	['at 1920×1080', { width: 1920, height: 1080 }],
	['askew by 3°', { tilt: 3 }],
	['lying on its side', { turns: 1 }],
	['upside down', { turns: 2, width: 1920, height: 1080 }],
];

describe('V13 a licence is read in the browser', () => {
	test.each(LOOKS)('%s: USCC, QR code, name and dates, each with its place', async (_, look) => {
		const { bytes, places } = await photographLicence(pc.context, SAMPLE_LICENCE, look);
		const { findings } = await read(bytes, SAMPLE_LICENCE.name);
		const { uscc, name, qr } = SAMPLE_LICENCE;
		expect(isAt(find(findings, 'uscc', uscc), places.uscc)).toBe(true);
		expect(isAt(find(findings, 'qr', qr), places.qr)).toBe(true);
		expect(isAt(find(findings, 'date', '2019-03-12'), places.founded)).toBe(true);
		expect(isAt(find(findings, 'date', '2024-06-18'), places.issued)).toBe(true);
		expect(findings.filter(({ kind }) => kind === 'uscc')).toHaveLength(1);
		// Small print on a picture of few pixels is read, if not always to the last sign.
		expect(
			isAt(
				findings.find(({ kind }) => kind === 'name'),
				places.name,
			),
			name,
		).toBe(true);
	});

	test('an ID number and a mobile number on a form, and the bar code of its sheet', async () => {
		const id = completeCitizenId('31011719900101001');
		const code = await drawCode('SJ-261123-0042', 'Code128');
		const { bytes, places } = await photographPaper(
			pc.context,
			`<div style="padding: 20mm; font-size: 5mm; line-height: 2.4">
				<p>公民身份号码：<span data-place="id">${id}</span></p><p>联系电话 13800000000</p>
				<p>有效期至 2025年1月31日</p><img data-place="code" src="${code}" alt="" style="width: 60mm"></div>`,
			{},
		);
		const { findings } = await read(bytes, SAMPLE_LICENCE.name);
		expect(isAt(find(findings, 'citizenId', id), places['id'])).toBe(true);
		expect(isAt(find(findings, 'barcode', 'SJ-261123-0042'), places['code'])).toBe(true);
		expect(find(findings, 'phone', '13800000000')).toBeDefined();
		expect(find(findings, 'date', '2025-01-31')?.sense).toBe('until');
	});

	test('nothing on an empty sheet', async () => {
		const { bytes } = await photographPaper(pc.context, '', {});
		expect((await read(bytes, SAMPLE_LICENCE.name)).findings).toEqual([]);
	});

	test('what is no picture fails by name, and the next one is read', async () => {
		await expect(read(Buffer.from('no picture'), '')).rejects.toThrow('ReadingFailed: picture');
		const { bytes } = await photographPaper(pc.context, '<p style="padding: 20mm">2024年06月18日</p>', {});
		expect((await read(bytes, '')).findings).toMatchObject([{ kind: 'date' }]);
	});

	test('a picture that is left is given up', async () => {
		const { bytes } = await photographLicence(pc.context);
		const picture = bytes.toString('base64');
		expect(await page.evaluate((given) => readingPage.giveUp(given), picture)).toBe('AbortError');
	});

	test('nothing is asked of anybody but the hub, and its policy allows what is needed', () => {
		expect(astray).toEqual([]);
	});
});
