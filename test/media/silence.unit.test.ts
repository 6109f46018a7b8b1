import { expect, test } from 'vitest';
import { Silence } from '../../web/src/features/media/Silence.ts';

/** Samples every half second; each is what came since the one before. */
function heard(silence: Silence, grown: readonly number[], from = 0): void {
	let bytes = from;
	for (const more of grown) {
		bytes += more;
		now += 500;
		silence.take(bytes, now);
	}
}
let now = 10_000;
const STEADY = [100, 900, 900, 900, 900];

test('M-24 what came steadily and stops is silent after a second and a half, until something comes', () => {
	const silence = new Silence();
	heard(silence, [...STEADY, 0, 0]);
	expect(silence.lasts).toBe(false);
	heard(silence, [0], 3700);
	expect(silence.lasts).toBe(true);
	heard(silence, [50], 3700);
	expect(silence.lasts).toBe(false);
});

test('M-24 a set-up alone is no flow that could stop', () => {
	const silence = new Silence();
	heard(silence, [2000, 300, 0, 0, 0, 0, 0, 0, 0]);
	expect(silence.lasts).toBe(false);
	heard(silence, [100, 100, 0, 100, 100, 0, 0, 0, 0], 2300);
	expect(silence.lasts).toBe(false);
});

test('M-24 a page that stood still itself does not blame the line', () => {
	const silence = new Silence();
	heard(silence, STEADY);
	now += 20_000;
	heard(silence, [0, 0, 0], 3700);
	expect(silence.lasts).toBe(false);
	heard(silence, [0], 3700);
	expect(silence.lasts).toBe(true);
});

test('M-24 a silence that was seen to does not come up again by itself', () => {
	const silence = new Silence();
	heard(silence, [...STEADY, 0, 0, 0]);
	silence.excuse();
	heard(silence, [0, 0, 0, 0], 3700);
	expect(silence.lasts).toBe(false);
	heard(silence, [...STEADY, 0, 0, 0], 3700);
	expect(silence.lasts).toBe(true);
});
