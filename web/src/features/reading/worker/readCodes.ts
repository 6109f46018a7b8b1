import type { Finding } from '@counter-hub/shared/reading/findings.ts';
import { CODE_TEXT_MAX } from '@counter-hub/shared/reading/findings.ts';
import { around } from '@counter-hub/shared/reading/ReadLine.ts';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { bytesOf } from './bytesOf.ts';
import { sharesOf } from './Picture.ts';

const CODES_MAX = 8;

let isReady: Promise<unknown> | undefined;

/** @throws Error where its parts cannot be fetched */
export async function loadCodeReader(): Promise<void> {
	isReady ??= bytesOf(wasmUrl).then((wasmBinary) =>
		prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }),
	);
	await isReady;
}

/** QR and bar codes in a picture, however they lie. */
export async function readCodes(pixels: ImageData): Promise<Finding[]> {
	const codes = await readBarcodes(pixels, {
		formats: ['QRCode', 'Code128', 'Code39', 'PDF417', 'DataMatrix'],
		maxNumberOfSymbols: CODES_MAX,
	});
	return codes
		.filter(({ isValid, text }) => isValid && text.trim() !== '')
		.map(({ format, text, position }) => {
			const { topLeft, topRight, bottomLeft, bottomRight } = position;
			const box = around(
				[topLeft, topRight, bottomLeft, bottomRight].map(({ x, y }) => ({ x, y, width: 0, height: 0 })),
			);
			const isSquare = /QR|DataMatrix/.test(format);
			return {
				kind: isSquare ? ('qr' as const) : ('barcode' as const),
				text: text.trim().slice(0, CODE_TEXT_MAX),
				place: sharesOf(box, pixels.width, pixels.height),
				confidence: 1,
				sound: true,
				resolved: false,
			};
		});
}
