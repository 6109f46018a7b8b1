import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planesOf, type Layout, type Picture } from '../../web/src/features/papers/codec/Picture.ts';
import { PictureReader } from '../../web/src/features/papers/codec/PictureReader.ts';
import { writePicture } from '../../web/src/features/papers/codec/writePicture.ts';
import { printedLuma } from './printedLuma.ts';

const colour = { primaries: 'bt709', transfer: null, matrix: 'smpte170m', fullRange: false } as const;

function pictureOf(layout: Layout, width: number, height: number, sample: (at: number) => number): Picture {
	const planes = planesOf(layout, width, height);
	let at = 0;
	for (const { data } of planes) for (let i = 0; i < data.length; i++) data[i] = sample(at++);
	return { layout, width, height, planes, colour };
}
const written = (picture: Picture, near: number) => Buffer.concat([...writePicture(picture, near)]);
function read({ width, height }: Picture, bytes: Uint8Array, cut = bytes.length): Picture {
	const reader = new PictureReader(width, height);
	for (let at = 0; at < bytes.length; at += cut) reader.add(bytes.subarray(at, at + cut));
	return reader.finish().picture;
}
/** The largest difference of each plane. */
function furthest(one: Picture, other: Picture): number[] {
	return one.planes.map(({ data }, at) => {
		const others = other.planes[at]?.data ?? new Uint8Array();
		return data.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (others[i] ?? 999))), 0);
	});
}

/** Kinds of samples: noise of any strength, smooth slopes, flat, and strokes on a ground. */
const samples = fc.oneof(
	fc.uint8Array({ minLength: 64, maxLength: 64 }).map((some) => (at: number) => some[(at * 7) % 64] ?? 0),
	fc.integer({ min: 0, max: 255 }).map((value) => () => value),
	fc.integer({ min: 1, max: 300 }).map((slope) => (at: number) => Math.floor(at / slope) & 255),
	fc.integer({ min: 2, max: 90 }).map((every) => (at: number) => (at % every === 0 ? 16 : 235)),
);

test('V14 what is written without loss is read as it was, however its bytes are cut', () => {
	fc.assert(
		fc.property(
			fc.constantFrom<Layout>('i420', 'rgb'),
			fc.integer({ min: 1, max: 70 }),
			fc.integer({ min: 1, max: 140 }),
			samples,
			fc.integer({ min: 1, max: 3_000 }),
			(layout, width, height, sample, cut) => {
				const picture = pictureOf(layout, width, height, sample);
				expect(read(picture, written(picture, 0), cut)).toEqual(picture);
			},
		),
		{ numRuns: 200 },
	);
});

test('V14 what is written nearly lies nowhere further off than was said', () => {
	fc.assert(
		fc.property(
			fc.constantFrom<Layout>('i420', 'rgb'),
			fc.integer({ min: 1, max: 70 }),
			fc.integer({ min: 1, max: 140 }),
			samples,
			fc.integer({ min: 1, max: 16 }),
			(layout, width, height, sample, near) => {
				const picture = pictureOf(layout, width, height, sample);
				const [first = 0, ...others] = furthest(picture, read(picture, written(picture, near)));
				expect(first).toBeLessThanOrEqual(layout === 'rgb' ? 0 : near);
				// Flat colours get no tint.
				expect(Math.max(...others)).toBeLessThanOrEqual(layout === 'rgb' ? 0 : 1);
			},
		),
		{ numRuns: 200 },
	);
});

test('V14 a page of print takes less than half of what it was, nearly written a quarter', () => {
	const [width, height] = [960, 720];
	const luma = printedLuma(width, height, { noise: 1.5 });
	const picture = pictureOf('i420', width, height, (at) => luma[at] ?? 128);
	const whole = picture.planes.reduce((sum, { data }) => sum + data.length, 0);
	expect(written(picture, 0).length / whole).toBeLessThan(0.5);
	expect(written(picture, 4).length / whole).toBeLessThan(1 / 4);
});

test('V14 bytes that are no frame are an error, never a wait and never a picture', () => {
	const picture = pictureOf('i420', 50, 90, (at) => (at * 31) & 255);
	const good = written(picture, 0);
	expect(() => read(picture, good.subarray(0, -1))).toThrow('not whole');
	expect(() => read(picture, Buffer.concat([good, Buffer.of(0)]))).toThrow('not whole');
	expect(() => read(picture, Buffer.concat([good, Buffer.alloc(4)]))).toThrow('more than a frame');
	expect(() => read({ ...picture, height: 200 }, good)).toThrow('too early');
	expect(() => read(picture, Buffer.concat([Buffer.of(7), good]))).toThrow('no frame');
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1 }),
			(spots) => {
				const spoiled = Uint8Array.from(good);
				for (const [at, value] of spots) spoiled[at] = value;
				try {
					const { width, height } = read(picture, spoiled);
					expect([width, height]).toEqual([50, 90]);
				} catch (error) {
					expect(error).toBeInstanceOf(Error);
				}
			},
		),
		{ numRuns: 500 },
	);
});
