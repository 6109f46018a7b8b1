/*
 * How a picture lies on the stage: pure arithmetic, no DOM. Lengths are CSS pixels unless said otherwise.
 * Zoom is counted from “fits the stage”, so that a change of resolution or of the window moves nothing.
 */

export interface Size {
	width: number;
	height: number;
}
export interface Point {
	x: number;
	y: number;
}
/** `zoom` 1 fits; `centre` is the point of the turned picture (0–1 both ways) in the middle of the stage. */
export interface StageView {
	zoom: number;
	centre: Point;
	/** Quarter turns clockwise, 0–3. */
	turns: number;
}
/** The picture in its own pixels, the stage, and device pixels per CSS pixel. */
export interface StageBox {
	picture: Size;
	stage: Size;
	pixelRatio: number;
}
export interface Rect extends Point, Size {}

const MIDDLE: Point = { x: 0.5, y: 0.5 };
export const FITTED: StageView = { zoom: 1, centre: MIDDLE, turns: 0 };
/** One press of + or −, one notch of the wheel, and one arrow key (part of the stage). */
export const ZOOM_STEP = 1.25;
const PAN_STEP = 0.12;
/** Beyond eight screen pixels for one of the picture nothing new is to be seen. */
const MOST = 8;

export const turnedSize = ({ width, height }: Size, turns: number): Size =>
	turns % 2 === 0 ? { width, height } : { width: height, height: width };

/** CSS pixels per picture pixel when the whole picture fits; 0 while a size is unknown. */
export function fitScale(box: StageBox, turns: number): number {
	const turned = turnedSize(box.picture, turns);
	if (turned.width <= 0 || turned.height <= 0) return 0;
	return Math.min(box.stage.width / turned.width, box.stage.height / turned.height);
}

/** The zoom at which one pixel of the picture is one pixel of the screen. */
function actualZoom(box: StageBox, turns: number): number {
	const fit = fitScale(box, turns);
	return fit > 0 ? 1 / (fit * box.pixelRatio) : 1;
}

function settle(view: StageView, box: StageBox): StageView {
	const actual = actualZoom(box, view.turns);
	const zoom = Math.min(Math.max(view.zoom, Math.min(1, actual)), Math.max(1, actual) * MOST);
	const turned = turnedSize(box.picture, view.turns);
	const scale = fitScale(box, view.turns) * zoom;
	const within = (at: number, picture: number, stage: number) => {
		const half = stage / (2 * picture * scale);
		return picture * scale <= stage + 0.5 ? 0.5 : Math.min(Math.max(at, half), 1 - half);
	};
	return {
		turns: view.turns,
		zoom,
		centre: {
			x: within(view.centre.x, turned.width, box.stage.width),
			y: within(view.centre.y, turned.height, box.stage.height),
		},
	};
}

/** Zooms by `factor` and keeps the point at `from` (offset from the middle of the stage) where it is. */
export function zoomBy(
	view: StageView,
	box: StageBox,
	factor: number,
	from: Point = { x: 0, y: 0 },
): StageView {
	const fit = fitScale(box, view.turns);
	if (fit === 0) return view;
	const turned = turnedSize(box.picture, view.turns);
	// Close to “fits”, land on it exactly.
	const wanted = view.zoom * factor;
	const zoom = settle({ ...view, zoom: Math.abs(wanted - 1) < 0.04 ? 1 : wanted }, box).zoom;
	const shift = (offset: number, picture: number) => (offset / (picture * fit)) * (1 / view.zoom - 1 / zoom);
	return settle(
		{
			turns: view.turns,
			zoom,
			centre: {
				x: view.centre.x + shift(from.x, turned.width),
				y: view.centre.y + shift(from.y, turned.height),
			},
		},
		box,
	);
}

/** Moves the picture with the pointer by `x`, `y`. */
export function panBy(view: StageView, box: StageBox, x: number, y: number): StageView {
	const turned = turnedSize(box.picture, view.turns);
	const scale = fitScale(box, view.turns) * view.zoom;
	if (scale === 0) return view;
	const centre = {
		x: view.centre.x - x / (turned.width * scale),
		y: view.centre.y - y / (turned.height * scale),
	};
	return settle({ ...view, centre }, box);
}

/** One arrow key: looks further in the direction of the arrow. */
export const panStep = (view: StageView, box: StageBox, right: number, down: number): StageView =>
	panBy(view, box, -right * box.stage.width * PAN_STEP, -down * box.stage.height * PAN_STEP);

/** Puts the point of the turned picture (0–1) into the middle. */
export const lookAt = (view: StageView, box: StageBox, centre: Point): StageView =>
	settle({ ...view, centre }, box);

export const fitted = (view: StageView): StageView => ({ ...view, zoom: 1, centre: MIDDLE });

/** One to one: a pixel of the picture is a pixel of the screen. */
export const actualSize = (view: StageView, box: StageBox): StageView =>
	settle({ ...view, zoom: actualZoom(box, view.turns) }, box);

/** A quarter turn clockwise; shows the whole picture again. */
export const turned = (view: StageView): StageView => ({
	zoom: 1,
	centre: MIDDLE,
	turns: (view.turns + 1) % 4,
});

/** The same view in a stage or picture of another size. */
export const refitted = (view: StageView, box: StageBox): StageView => settle(view, box);

/** Where the untouched picture element goes: its size, and the move of its middle from the middle of the stage. */
export function placement(view: StageView, box: StageBox): Rect {
	const scale = fitScale(box, view.turns) * view.zoom;
	const { width, height } = turnedSize(box.picture, view.turns);
	return {
		x: (0.5 - view.centre.x) * width * scale,
		y: (0.5 - view.centre.y) * height * scale,
		width: box.picture.width * scale,
		height: box.picture.height * scale,
	};
}

/** The point of the unturned picture (0–1) that lies `from` away from the middle of the stage. */
export function pictureAt(view: StageView, box: StageBox, from: Point): Point {
	const { width, height } = turnedSize(box.picture, view.turns);
	const scale = fitScale(box, view.turns) * view.zoom;
	if (scale === 0) return MIDDLE;
	const x = view.centre.x + from.x / (width * scale);
	const y = view.centre.y + from.y / (height * scale);
	switch (view.turns) {
		case 1:
			return { x: y, y: 1 - x };
		case 2:
			return { x: 1 - x, y: 1 - y };
		case 3:
			return { x: 1 - y, y: x };
		default:
			return { x, y };
	}
}

/** Screen pixels per picture pixel in percent, as people read it. */
export const percent = (view: StageView, box: StageBox): number =>
	Math.round(fitScale(box, view.turns) * view.zoom * box.pixelRatio * 100);

/** The part of the turned picture that is to be seen, 0–1. */
export function visiblePart(view: StageView, box: StageBox): Rect {
	const { width, height } = turnedSize(box.picture, view.turns);
	const scale = fitScale(box, view.turns) * view.zoom;
	if (scale === 0) return { x: 0, y: 0, width: 1, height: 1 };
	const w = Math.min(1, box.stage.width / (width * scale));
	const h = Math.min(1, box.stage.height / (height * scale));
	return { x: view.centre.x - w / 2, y: view.centre.y - h / 2, width: w, height: h };
}

/** Part of the picture lies outside the stage. */
export function isZoomed(view: StageView, box: StageBox): boolean {
	const part = visiblePart(view, box);
	return part.width < 0.995 || part.height < 0.995;
}
