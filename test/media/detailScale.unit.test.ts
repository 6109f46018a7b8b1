import { expect, test } from 'vitest';
import { detailScale } from '../../web/src/features/media/encodings.ts';

const trackOf = (width: number, height: number) =>
	({ getSettings: () => ({ width, height }) }) as unknown as MediaStreamTrack;

test('F8 papers are sent with about eight million pixels at most, never enlarged', () => {
	expect(detailScale(trackOf(1920, 1080))).toBe(1);
	expect(detailScale(trackOf(3840, 2160))).toBe(1);
	expect(detailScale(trackOf(3264, 2448))).toBe(1);
	expect(detailScale(trackOf(4608, 3456))).toBeCloseTo(1.386, 3);
});
