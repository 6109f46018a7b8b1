import { randomInt } from 'node:crypto';
import QRCode from 'qrcode';
import type { ScanCode } from '@counter-hub/shared/checks/checks.ts';

const DIGITS = 8;

/** Another one at each look, so that nobody types it by heart. */
export async function newScanCode(): Promise<ScanCode> {
	const text = `CH${randomInt(10 ** DIGITS)
		.toString()
		.padStart(DIGITS, '0')}`;
	return { text, svg: await QRCode.toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) };
}
