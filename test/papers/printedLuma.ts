/** How a made-up sheet lies under the camera: moved in pixels, in what light, with what noise. */
export interface Lying {
	/** Right and down. */
	readonly moved?: readonly [number, number];
	/** Standard deviation of the sensor's noise, in levels. */
	readonly noise?: number;
	/** Which noise; the same gives the same. */
	readonly seed?: number;
	/** How bright a row is, as a factor. */
	readonly light?: (row: number) => number;
	/** Something before the sheet: a hand, 0–1 of the picture's width and height. */
	readonly hand?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	/** Another text on it. */
	readonly page?: number;
}

const DESK = 62;
const SHEET = 214;
const INK = 40;
const HAND = 150;

/** A repeatable sequence between 0 and 1. */
export function randoms(seed: number): () => number {
	let state = (seed * 2_654_435_761) >>> 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

/** Noise of standard deviation 1: four of the same make nearly a bell curve. */
const GRAIN = (() => {
	const next = randoms(1);
	return Float32Array.from({ length: 99_991 }, () => (next() + next() + next() + next() - 2) * Math.sqrt(3));
})();
const sheets = new Map<string, Uint8Array>();

/** Luma of a sheet with lines of print on a desk. */
export function printedLuma(width: number, height: number, lying: Lying = {}): Uint8Array {
	const { moved = [0, 0], noise = 0, seed = 1, light = () => 1, hand, page = 1 } = lying;
	const first = Math.floor(randoms(seed)() * GRAIN.length);
	const sheet = sheetLuma(width, height, page);
	const luma = new Uint8Array(width * height);
	const [right, down] = moved.map(Math.floor) as [number, number];
	const [partX, partY] = [moved[0] - right, moved[1] - down];
	const at = (x: number, y: number) =>
		sheet[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)] ?? 0;
	for (let y = 0; y < height; y++) {
		const bright = light(y);
		const inHand = hand && y >= hand.y * height && y < (hand.y + hand.height) * height;
		for (let x = 0; x < width; x++) {
			const [fromX, fromY] = [x - right, y - down];
			const above = at(fromX, fromY) * (1 - partX) + at(fromX - 1, fromY) * partX;
			const below = at(fromX, fromY - 1) * (1 - partX) + at(fromX - 1, fromY - 1) * partX;
			const covers = inHand && x >= hand.x * width && x < (hand.x + hand.width) * width;
			const value = covers ? HAND : above * (1 - partY) + below * partY;
			const grain = (GRAIN[(y * width + x + first) % GRAIN.length] ?? 0) * noise;
			luma[y * width + x] = Math.min(235, Math.max(16, value * bright + grain));
		}
	}
	return luma;
}

function sheetLuma(width: number, height: number, page: number): Uint8Array {
	const key = `${width}x${height} ${page}`;
	const known = sheets.get(key);
	if (known) return known;
	const next = randoms(page);
	const luma = new Uint8Array(width * height).fill(DESK);
	const sheetWidth = Math.round(height / Math.SQRT2);
	const left = Math.round((width - sheetWidth) / 2);
	const em = height / 72;
	for (let y = 0; y < height; y++) luma.fill(SHEET, y * width + left, y * width + left + sheetWidth);
	for (let line = 4; line < 66; line += 2) {
		for (let column = 5; column < sheetWidth / em - 5; column++) {
			// A few strokes for each character.
			for (let stroke = 0; stroke < 4; stroke++) {
				const isFlat = next() < 0.5;
				const [x, y] = [left + (column + next() * 0.6) * em, (line + next() * 0.6) * em];
				const [w, h] = isFlat ? [em * 0.5, em * 0.12] : [em * 0.12, em * 0.5];
				for (let row = Math.floor(y); row < y + h; row++) {
					luma.fill(INK, row * width + Math.floor(x), row * width + Math.ceil(x + w));
				}
			}
		}
	}
	sheets.set(key, luma);
	return luma;
}
