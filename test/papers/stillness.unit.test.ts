import { expect, test } from 'vitest';
import { lightGrid } from '../../web/src/features/papers/stillness/lightGrid.ts';
import { Stillness, type StillnessNews } from '../../web/src/features/papers/stillness/Stillness.ts';
import { printedLuma, randoms, type Lying } from './printedLuma.ts';

const [WIDTH, HEIGHT] = [960, 720];
const EVERY_MS = 66;

/** A camera over a sheet; its pictures go to what watches them, one each `EVERY_MS`. */
class Desk {
	readonly #stillness = new Stillness();
	#at = 0;
	readonly #every: number;
	#seed = 1;
	/** What was told, with the picture at which it was. */
	readonly news: { at: number; news: StillnessNews }[] = [];
	/** When it seemed to come to rest. */
	readonly seemed: number[] = [];
	rests = false;

	constructor(every = EVERY_MS) {
		this.#every = every;
	}

	show(lying: Lying): StillnessNews {
		const data = printedLuma(WIDTH, HEIGHT, { noise: 1.6, seed: this.#seed++, ...lying });
		const grid = lightGrid({ data, offset: 0, stride: WIDTH, step: 1, width: WIDTH, height: HEIGHT });
		const news = this.#stillness.add(grid, this.#at);
		const { seems, ...others } = news;
		if (seems) this.seemed.push(this.#at);
		this.rests = news.rests ?? this.rests;
		if (Object.keys(others).length > 0) this.news.push({ at: this.#at, news: others });
		this.#at += this.#every;
		return news;
	}
	/** So many pictures, each as it says. */
	series(count: number, lying: (no: number) => Lying = () => ({})): void {
		for (let no = 0; no < count; no++) this.show(lying(no));
	}
	/** No picture comes. */
	wait(ms: number): StillnessNews {
		this.#at += ms;
		return this.#stillness.missing(this.#at);
	}
	get told(): StillnessNews[] {
		return this.news.map(({ news }) => news);
	}
}
/** A sheet that has come to rest. */
function restingDesk(lying: (no: number) => Lying = () => ({})): Desk {
	const desk = new Desk();
	desk.series(12, lying);
	expect(desk.told).toEqual([{ rests: true }]);
	expect(desk.news[0]?.at).toBeLessThan(700 + EVERY_MS);
	desk.news.length = 0;
	return desk;
}
/** To and fro within so many pixels, a few times a second, never twice the same. */
function shake(pixels: number, seed = 7): (no: number) => Lying {
	const next = randoms(seed);
	const [one, other] = [next() * 6, next() * 6];
	return (no) => ({
		moved: [
			pixels * Math.sin(no * 1.9 + one) * (0.6 + 0.4 * next()),
			pixels * Math.sin(no * 1.3 + other) * (0.6 + 0.4 * next()),
		],
	});
}

test('V14 a sheet that lies still for 0.7 s rests, and stays at rest in the noise of the sensor', () => {
	const desk = restingDesk();
	desk.series(60);
	expect(desk.told).toEqual([]);
	const noisy = restingDesk(() => ({ noise: 6 }));
	noisy.series(60, () => ({ noise: 6 }));
	expect(noisy.told).toEqual([]);
});

test('V14 lamps that flicker, clouds and the exposure of the camera move nothing', () => {
	let phase = 0;
	// Bands of a lamp on the mains, that run over the picture.
	const flicker = (): Lying => {
		phase += 1.1;
		return { light: (row) => 1 + 0.04 * Math.sin(row / 50 + phase) };
	};
	const desk = restingDesk(flicker);
	desk.series(60, flicker);
	expect(desk.told).toEqual([]);
	// It becomes darker by a tenth within four seconds, most at the far side.
	desk.series(60, (no) => ({ light: (row) => 1 - (0.1 * no * (1 - row / 2 / HEIGHT)) / 60 }));
	expect(desk.told).toEqual([]);
	// Somebody switches the lamp off: it must be seen anew.
	expect(desk.show({ light: () => 0.7 })).toMatchObject({ rests: false });
	desk.series(12, () => ({ light: () => 0.7 }));
	expect(desk.told.at(-1)).toEqual({ rests: true });
});

test.each([0.5, 1, 1.4])(
	'V14 a hand that holds the sheet and shakes by %d pixels of 720 does not keep it from resting',
	(pixels) => {
		const lying = shake(pixels);
		const desk = restingDesk(lying);
		desk.series(90, (no) => lying(no + 12));
		expect(desk.told).toEqual([]);
	},
);

test.each([
	['the sheet is pushed by 3 mm', { moved: [7, 0] }],
	['the sheet is pushed by 1 mm, down', { moved: [0, 2.5] }],
	['a finger comes in', { hand: { x: 0.4, y: 0.93, width: 0.03, height: 0.07 } }],
	['an arm comes in', { hand: { x: 0.7, y: 0.3, width: 0.3, height: 0.3 } }],
	['another sheet lies there', { page: 2 }],
] as const)('V14 at the first picture in which %s it moves', (_what, lying) => {
	const desk = restingDesk();
	expect(desk.show(lying)).toMatchObject({ rests: false });
	expect(desk.rests).toBe(false);
	desk.series(12, () => lying);
	expect(desk.told.at(-1)).toMatchObject({ rests: true });
});

test('V14 a hand that sways slowly holds the sheet at rest, whatever it began with, and however seldom it is looked at', () => {
	for (const [every, begun] of [
		[1, 0],
		[1, 7],
		[1, 12],
		[3, 3],
		[4, 20],
	] as const) {
		const sway = (no: number): Lying => {
			const turn = (2 * Math.PI * (no * every + begun)) / 30;
			return {
				moved: [0.75 * Math.sin(2 * turn) + 0.35 * Math.sin(7 * turn + 1), 0.55 * Math.sin(3 * turn + 2)],
			};
		};
		const desk = new Desk(every * EVERY_MS);
		desk.series(60 / every, sway);
		expect(desk.told).toEqual([{ rests: true }]);
		expect(desk.news[0]?.at).toBeLessThan(1_500);
		desk.series(150 / every, (no) => sway(no + 60 / every));
		expect(desk.told).toEqual([{ rests: true }]);
	}
});

test('V14 before it rests it is said that it seems to; if it does not, that it moves', () => {
	const desk = restingDesk();
	expect(desk.seemed).toHaveLength(1);
	expect(desk.seemed[0]).toBeLessThanOrEqual(350 + EVERY_MS);
	desk.show({ moved: [40, 0] });
	expect(desk.told).toMatchObject([{ rests: false }]);
	desk.series(7, () => ({ moved: [40, 0] }));
	expect(desk.seemed).toHaveLength(2);
	expect(desk.rests).toBe(false);
	desk.show({ moved: [80, 0] });
	expect(desk.told).toMatchObject([{ rests: false }, { rests: false }]);
	// Looked at so seldom that both are seen at once.
	const seldom = new Desk(1_000);
	seldom.series(3);
	expect(seldom.seemed).toHaveLength(1);
	expect(seldom.told).toEqual([{ rests: true }]);
});

test('V14 what drifts to another place while it settles seems to come to rest once more, from there', () => {
	/** In pixels; too little to count as a movement. */
	const STEP = 1;
	const desk = new Desk();
	desk.series(25, (no) => ({ moved: [no < 7 ? 0 : STEP, 0] }));
	expect(desk.told).toEqual([{ rests: false }, { rests: true }]);
	expect(desk.seemed).toHaveLength(2);
});

test('V14 a sheet that drifts slowly is noticed, however small each step', () => {
	const desk = restingDesk();
	// A millimetre a second, in steps of a sixth of a pixel.
	desk.series(30, (no) => ({ moved: [no * 0.16, 0] }));
	expect(desk.told[0]).toMatchObject({ rests: false });
	const held = restingDesk(shake(1));
	const lying = shake(1, 9);
	held.series(60, (no) => {
		const { moved: [x = 0, y = 0] = [] } = lying(no);
		return { moved: [x + no * 0.16, y] };
	});
	expect(held.told[0]).toMatchObject({ rests: false });
});

test('V14 what moves all the time never rests', () => {
	const desk = new Desk();
	desk.series(60, (no) => ({ moved: [no * 4, 0] }));
	desk.series(60, (no) => ({
		hand: { x: 0.3 + 0.2 * Math.sin(no / 2), y: 0.4, width: 0.2, height: 0.6 },
	}));
	expect(desk.told.filter(({ rests }) => rests)).toEqual([]);
});

test('V6 V14 a hand that points and goes leaves the paper the same; pushed away or changed it is another', () => {
	const desk = restingDesk();
	desk.series(20, (no) => ({ hand: { x: 0.45, y: 1 - no / 30, width: 0.2, height: 0.6 } }));
	desk.series(14);
	expect(desk.told.map(({ rests }) => rests)).toContain(true);
	expect(desk.told.filter(({ anotherPaper }) => anotherPaper)).toEqual([]);

	desk.news.length = 0;
	desk.series(20, (no) => ({ moved: [no * 3, no * 2] }));
	desk.series(14, () => ({ moved: [60, 40] }));
	expect(desk.told.filter(({ anotherPaper }) => anotherPaper)).toHaveLength(1);
	// It was told under way, not only when it lay again.
	expect(desk.told.findIndex(({ anotherPaper }) => anotherPaper)).toBeLessThan(desk.told.length - 1);
	desk.news.length = 0;
	desk.series(14, () => ({ moved: [60, 40], page: 3 }));
	expect(desk.told.filter(({ anotherPaper }) => anotherPaper)).toHaveLength(1);
});

test.each([
	['a little to the right', [14, 0]],
	['a little down', [0, 12]],
	['by some lines', [20, 60]],
	['off to the side', [640, 0]],
] as const)('V6 V14 moved %s it no longer lies where it was marked', (_where, moved) => {
	const desk = restingDesk();
	desk.series(10, (no) => ({ moved: [(moved[0] * no) / 10, (moved[1] * no) / 10] }));
	desk.series(14, () => ({ moved }));
	expect(desk.told.filter(({ anotherPaper }) => anotherPaper)).toHaveLength(1);
	expect(desk.rests).toBe(true);
});

test('V6 V14 a lamp that is switched leaves the paper the same', () => {
	const desk = restingDesk();
	desk.series(20, () => ({ light: () => 0.7 }));
	desk.series(20);
	expect(desk.told.filter(({ anotherPaper }) => anotherPaper)).toEqual([]);
});

test('F7 V14 a camera that gives no more pictures shows no still paper', () => {
	const desk = restingDesk();
	expect(desk.wait(1_000)).toEqual({});
	expect(desk.wait(1_000)).toEqual({ rests: false });
	expect(desk.wait(10_000)).toEqual({});
	// Back, it must lie still anew; pictures far apart are no stillness either.
	expect(desk.show({})).toEqual({});
	desk.series(12);
	expect(desk.told).toEqual([{ rests: true }]);
	const slow = new Desk();
	for (let no = 0; no < 6; no++) {
		slow.show({});
		slow.wait(1_600);
	}
	expect(slow.rests).toBe(false);
});

test('V14 pictures of any size and shape are made small', () => {
	for (const [width, height] of [
		[3840, 2160],
		[2160, 3840],
		[1, 1],
		[95, 71],
	] as const) {
		const data = new Uint8Array(width * height).fill(128);
		const grid = lightGrid({ data, offset: 0, stride: width, step: 1, width, height });
		expect(grid).toHaveLength(96 * 72);
		expect(grid.every(Number.isFinite)).toBe(true);
	}
});
