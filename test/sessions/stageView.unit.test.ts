import { describe, expect, it } from 'vitest';
import {
	actualSize,
	FITTED,
	fitScale,
	isZoomed,
	panBy,
	panStep,
	percent,
	placement,
	refitted,
	turned,
	visiblePart,
	zoomBy,
	type StageBox,
} from '../../web/src/features/sessions/stageView.ts';

/** A 4K document camera on the stage of a 1366×768 screen. */
const box: StageBox = {
	picture: { width: 3840, height: 2160 },
	stage: { width: 960, height: 588 },
	pixelRatio: 1,
};

/** Where a point of the turned picture (0–1) appears, as an offset from the middle of the stage. */
function appearsAt(view: ReturnType<typeof zoomBy>, at: { x: number; y: number }) {
	const { width, height } = placement(view, box);
	return { x: (at.x - view.centre.x) * width, y: (at.y - view.centre.y) * height };
}

describe('V4 the stage shows papers at full resolution', () => {
	it('fits the whole picture, also turned', () => {
		expect(fitScale(box, 0)).toBe(0.25);
		expect(fitScale(box, 1)).toBeCloseTo(588 / 3840);
		expect(isZoomed(FITTED, box)).toBe(false);
	});

	it('shows one to one on 100 %, whatever the pixels of the screen', () => {
		expect(percent(actualSize(FITTED, box), box)).toBe(100);
		const fine = { ...box, pixelRatio: 2 };
		expect(percent(actualSize(FITTED, fine), fine)).toBe(100);
		expect(placement(actualSize(FITTED, fine), fine).width).toBe(1920);
	});

	it('keeps the point under the pointer while zooming', () => {
		const start = zoomBy(FITTED, box, 4);
		const pointer = { x: 130, y: -70 };
		const size = placement(start, box);
		const under = { x: start.centre.x + pointer.x / size.width, y: start.centre.y + pointer.y / size.height };
		const after = zoomBy(start, box, 1.25, pointer);
		expect(appearsAt(after, under).x).toBeCloseTo(pointer.x);
		expect(appearsAt(after, under).y).toBeCloseTo(pointer.y);
	});

	it('never shows beyond the edge', () => {
		const view = panBy(zoomBy(FITTED, box, 3), box, 99_999, 99_999);
		const part = visiblePart(view, box);
		expect(part.x).toBeCloseTo(0);
		expect(part.y).toBeCloseTo(0);
		const right = panBy(view, box, -99_999, 0);
		expect(visiblePart(right, box).x + visiblePart(right, box).width).toBeCloseTo(1);
	});

	it('looks further in the direction of the arrow key', () => {
		const view = zoomBy(FITTED, box, 3);
		expect(panStep(view, box, 1, 0).centre.x).toBeGreaterThan(view.centre.x);
		expect(panStep(view, box, 0, -1).centre.y).toBeLessThan(view.centre.y);
	});

	it('zooms out no further than the whole picture and lands on it exactly', () => {
		expect(zoomBy(zoomBy(FITTED, box, 1.25), box, 0.8).zoom).toBe(1);
		expect(zoomBy(FITTED, box, 0.1).zoom).toBe(1);
	});

	it('keeps the shown part when the resolution of the stream changes', () => {
		const view = panBy(zoomBy(FITTED, box, 4), box, 50, 20);
		const half = { ...box, picture: { width: 1920, height: 1080 } };
		expect(visiblePart(refitted(view, half), half)).toEqual(visiblePart(view, box));
	});

	it('turns by quarters and comes back', () => {
		let view = FITTED;
		for (let i = 0; i < 4; i++) view = turned(view);
		expect(view).toEqual(FITTED);
	});

	it('waits calmly for a picture without a size', () => {
		const unknown = { ...box, picture: { width: 0, height: 0 } };
		expect(zoomBy(FITTED, unknown, 2)).toEqual(FITTED);
		expect(percent(FITTED, unknown)).toBe(0);
	});
});
