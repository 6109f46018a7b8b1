import {
	fitScale,
	turnedSize,
	type Point,
	type StageBox,
	type StageView,
} from '#features/sessions/stageView.ts';

/** The way back of `pictureAt`: how far a point of the unturned picture (0–1) lies from the middle of the stage. */
export function stageAt(view: StageView, box: StageBox, { x, y }: Point): Point {
	const { width, height } = turnedSize(box.picture, view.turns);
	const scale = fitScale(box, view.turns) * view.zoom;
	const seen = [
		{ x, y },
		{ x: 1 - y, y: x },
		{ x: 1 - x, y: 1 - y },
		{ x: y, y: 1 - x },
	][view.turns] ?? { x, y };
	return { x: (seen.x - view.centre.x) * width * scale, y: (seen.y - view.centre.y) * height * scale };
}
