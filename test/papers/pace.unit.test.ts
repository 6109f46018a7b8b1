import { expect, test } from 'vitest';
import { Pace } from '../../web/src/features/papers/sending/Pace.ts';
import { framesFor } from '../../web/src/features/papers/sending/quality.ts';

/** Sends parts over a line of so many bytes per second and milliseconds; each waits for the one before it, too. */
function sendOver(pace: Pace, parts: number, rate: number, roundTripMs: number): void {
	for (let no = 0; no < parts; no++) {
		const bytes = pace.partBytes;
		pace.notePart(bytes, roundTripMs + (2 * 1000 * bytes) / rate);
	}
}

test('V14 parts are so small that what is said beside them need not wait, and no smaller', () => {
	const narrow = new Pace();
	sendOver(narrow, 40, 250_000, 20);
	expect(narrow.partBytes).toBeLessThanOrEqual(16 * 1024);
	const wide = new Pace();
	sendOver(wide, 40, 100_000_000, 1);
	expect(wide.partBytes).toBe(64 * 1024);
	// A long line, or one whose ends are busy, is not made quicker by small parts.
	for (const roundTripMs of [150, 400]) {
		const long = new Pace();
		sendOver(long, 40, 12_500_000, roundTripMs);
		expect(long.partBytes).toBe(64 * 1024);
	}
});

test('V14 a frame comes at once exact where that is quick, first nearly so where it is not, and only so on a weak line', () => {
	const [hd, uhd] = [1920 * 1080, 3840 * 2160];
	expect(framesFor('i420', hd, 0.65, 12_500_000)).toEqual([0]);
	expect(framesFor('i420', uhd, 0.65, 100_000_000)).toEqual([4, 0]);
	expect(framesFor('i420', hd, 0.65, 1_250_000)).toEqual([4, 0]);
	expect(framesFor('i420', uhd, 0.65, 1_250_000)).toEqual([4, 0]);
	expect(framesFor('i420', uhd, 0.65, 250_000)).toEqual([4]);
	// What is drawn has no noise, and is exact or nothing.
	expect(framesFor('rgb', uhd, 0.65, 1_250_000)).toEqual([0]);
	// Little noise, few bytes.
	expect(framesFor('i420', hd, 0.1, 2_500_000)).toEqual([0]);
});
