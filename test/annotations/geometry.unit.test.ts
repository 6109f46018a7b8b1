import { describe, expect, it } from 'vitest';
import { MARK_GRID, MARK_LIMITS, type Mark } from '@counter-hub/shared/annotations/marks.ts';
import { isOnPicture, placesOf, toGrid } from '../../web/src/features/annotations/grid.ts';
import { markAt } from '../../web/src/features/annotations/markAt.ts';
import { marksSvg } from '../../web/src/features/annotations/marksSvg.ts';
import { onPaper } from '../../web/src/features/annotations/onPaper.ts';
import { shapeOf } from '../../web/src/features/annotations/shapes.ts';
import { stageAt } from '../../web/src/features/annotations/stageAt.ts';
import { thinned } from '../../web/src/features/annotations/thinned.ts';
import { labelPlace, turnedPoint } from '../../web/src/features/annotations/upright.ts';
import {
	FITTED,
	panBy,
	pictureAt,
	placement,
	turned,
	zoomBy,
	type StageBox,
	type StageView,
} from '../../web/src/features/sessions/stageView.ts';

const APPROVER: StageBox = {
	picture: { width: 3840, height: 2160 },
	stage: { width: 966, height: 588 },
	pixelRatio: 1,
};
/** The same picture with fewer pixels, on a narrow screen that stands on end. */
const CLERK: StageBox = {
	picture: { width: 1280, height: 720 },
	stage: { width: 610, height: 900 },
	pixelRatio: 1.5,
};
const views = (box: StageBox): StageView[] => {
	const turns = [FITTED];
	for (let i = 0; i < 3; i++) turns.push(turned(turns[i]!));
	return turns.flatMap((view) => [view, panBy(zoomBy(view, box, 3, { x: 80, y: -40 }), box, 30, -50)]);
};

describe('V6 places belong to the picture', () => {
	it.each(views(APPROVER).map((view) => [view.turns * 90, view.zoom, view] as const))(
		'at %i° and zoom %f a place on the stage is one on the picture, and back',
		(_turn, _zoom, view) => {
			for (const from of [
				{ x: 0, y: 0 },
				{ x: -120, y: 77 },
				{ x: 210.5, y: -33 },
			]) {
				const back = stageAt(view, APPROVER, pictureAt(view, APPROVER, from));
				expect(back.x).toBeCloseTo(from.x);
				expect(back.y).toBeCloseTo(from.y);
			}
		},
	);

	it('what one side marks, however turned and zoomed, lies at the same place of the other’s picture', () => {
		for (const theirs of views(APPROVER))
			for (const ours of views(CLERK)) {
				const at = pictureAt(theirs, APPROVER, { x: 60, y: -20 });
				const [x, y] = toGrid(at);
				const seen = stageAt(ours, CLERK, { x: x / MARK_GRID, y: y / MARK_GRID });
				const again = pictureAt(ours, CLERK, seen);
				// Less than half a pixel of the largest picture.
				expect(Math.abs(again.x - at.x) * 3840).toBeLessThan(0.5);
				expect(Math.abs(again.y - at.y) * 3840).toBeLessThan(0.5);
			}
	});

	it('keeps the place in the element that the browser turns, too', () => {
		for (const view of views(APPROVER)) {
			const { x, y, width, height } = placement(view, APPROVER);
			const at = { x: 0.31, y: 0.77 };
			const inElement = turnedPoint({ x: (at.x - 0.5) * width, y: (at.y - 0.5) * height }, view.turns);
			const onStage = stageAt(view, APPROVER, at);
			expect(inElement.x + x).toBeCloseTo(onStage.x);
			expect(inElement.y + y).toBeCloseTo(onStage.y);
		}
	});

	it('counts in whole parts, and puts what lies beside the picture at its edge', () => {
		expect(toGrid({ x: 0, y: 1 })).toEqual([0, MARK_GRID]);
		expect(toGrid({ x: -3, y: 1.0001 })).toEqual([0, MARK_GRID]);
		expect(isOnPicture({ x: 0.5, y: 1.0001 })).toBe(false);
		const size = { width: 800, height: 600 };
		const at = placesOf(toGrid({ x: 0.25, y: 0.75 }), size)[0];
		expect(at?.x).toBeCloseTo(200, 1);
		expect(at?.y).toBeCloseTo(450, 1);
	});

	it('leaves out what the line has lost of a stroke', () => {
		const lost = [0, 0, undefined, undefined, MARK_GRID, MARK_GRID];
		expect(placesOf(lost, { width: 10, height: 10 })).toEqual([
			{ x: 0, y: 0 },
			{ x: 10, y: 10 },
		]);
	});
});

describe('V6 strokes', () => {
	const size = { width: 960, height: 540 };
	const wave = (count: number) =>
		Array.from({ length: count }, (_, i) => toGrid({ x: i / count, y: 0.5 + 0.3 * Math.sin(i / 40) })).flat();

	it('a long one is thinned to what a mark may hold and keeps its course and ends; a short one stays as it is', () => {
		expect(thinned(wave(300), size)).toEqual(wave(300));
		const long = wave(4_000);
		const kept = thinned(long, size);
		expect(kept.length).toBeLessThanOrEqual(2 * MARK_LIMITS.points);
		expect(kept.slice(0, 2)).toEqual(long.slice(0, 2));
		expect(kept.slice(-2)).toEqual(long.slice(-2));
		for (const { x, y } of placesOf(kept, size)) {
			const i = (x / size.width) * 4_000;
			expect(Math.abs(y - (0.5 + 0.3 * Math.sin(i / 40)) * size.height)).toBeLessThan(1);
		}
	});

	it('have a form with at most one point as with many', () => {
		expect(shapeOf({ tool: 'pen', points: [5, 5] }, size)?.d).toMatch(/^M[-\d. ]+Q[^N]+Z$/);
		expect(shapeOf({ tool: 'arrow', points: [5, 5, 5, 5] }, size)?.d).not.toContain('NaN');
		expect(shapeOf({ tool: 'box', points: [0, 0, MARK_GRID, MARK_GRID] }, size)?.d).toBe(
			'M0.0 0.0 L960.0 0.0 L960.0 540.0 L0.0 540.0 Z',
		);
		expect(shapeOf({ tool: 'text', points: [5, 5] }, size)).toBeNull();
	});
});

const mark = (markId: string, drawing: Mark['drawing']): Mark => ({
	markId,
	on: { kind: 'still', stillId: 's' },
	drawing,
	by: { staffId: 's', duty: 'permit', name: '许文' },
	at: '2026-11-23T01:42:00.000Z',
	sessionId: null,
});
const part = (share: number) => Math.round(share * MARK_GRID);

describe('V6 the eraser', () => {
	const size = { width: 1000, height: 500 };
	const box = mark('box', {
		tool: 'box',
		points: [0.2, 0.2, 0.6, 0.6].map(part),
		text: '请补填',
	});
	const text = mark('text', { tool: 'text', points: [0.7, 0.5].map(part), text: '此处签名' });
	const all = [box, text];

	it('takes a box at its border and not in its middle, and words where they stand', () => {
		expect(markAt(all, { x: 200, y: 180 }, size, 0)?.markId).toBe('box');
		expect(markAt(all, { x: 400, y: 200 }, size, 0)).toBeUndefined();
		expect(markAt(all, { x: 740, y: 255 }, size, 0)?.markId).toBe('text');
		expect(markAt(all, { x: 660, y: 250 }, size, 0)).toBeUndefined();
	});

	it('finds words as people see them on a turned picture', () => {
		// Turned by a quarter, words that go to the right on the screen go up on the unturned picture.
		expect(markAt(all, { x: 702, y: 200 }, size, 1)?.markId).toBe('text');
		expect(markAt(all, { x: 760, y: 250 }, size, 1)).toBeUndefined();
	});

	it('takes the mark that was drawn last', () => {
		const over = mark('over', { tool: 'arrow', points: [0.2, 0.2, 0.2, 0.6].map(part) });
		expect(markAt([...all, over], { x: 200, y: 180 }, size, 0)?.markId).toBe('over');
	});
});

describe('V6 words stand upright', () => {
	const size = { width: 1000, height: 500 };
	const [a, b] = [
		{ x: 100, y: 100 },
		{ x: 300, y: 200 },
	];

	it.each([
		[0, { x: 100, y: 100 }],
		[1, { x: 100, y: 200 }],
		[2, { x: 300, y: 200 }],
		[3, { x: 300, y: 100 }],
	])('at %i quarter turns the label is at the corner that appears left above', (turns, corner) => {
		expect(labelPlace(a, b, size, turns)).toEqual({ ...corner, side: 'above' });
	});

	it('and below a box that begins at the edge', () => {
		expect(labelPlace({ x: 100, y: 3 }, b, size, 0)).toEqual({ x: 100, y: 200, side: 'below' });
	});
});

describe('V6 live marks belong to the paper as it lay', () => {
	const live = (markId: string, paper: number): Mark => ({
		...mark(markId, { tool: 'arrow', points: [0, 0, 9, 9] }),
		on: { kind: 'live', participantId: 'p', source: 'document', paper, materialNo: null },
	});
	const all = [live('unknown', 0), live('before', 4), live('now', 7), live('next', 8)];
	const seen = (paper: number) => onPaper(all, paper).map(({ markId }) => markId);

	it('those of a paper that was moved go; those of one that this side has not heard of yet are there', () => {
		expect(seen(7)).toEqual(['unknown', 'now', 'next']);
		expect(seen(9)).toEqual(['unknown']);
	});

	it('while nothing is known of the paper, the latest that was marked counts', () => {
		expect(seen(0)).toEqual(['unknown', 'next']);
		expect(onPaper([live('a', 0), live('b', 0)], 0)).toHaveLength(2);
	});
});

it('V6 a still prints with its marks: strokes, words and names, and nothing that somebody wrote is taken for code', () => {
	const colours = { permit: 'P', receiving: 'R', casing: 'W' };
	const marks = [
		mark('1', { tool: 'box', points: [0.2, 0.2, 0.6, 0.6].map(part), text: '</text><script>&"' }),
		mark('2', { tool: 'pen', points: [0.1, 0.1, 0.2, 0.3].map(part) }),
	];
	const svg = marksSvg(marks, 3840, 2160, colours);
	expect(svg).toContain('viewBox="0 0 3840 2160"');
	expect(svg).toContain('许文：&lt;/text&gt;&lt;script&gt;&amp;&quot;');
	expect(svg).not.toContain('<script');
	expect(svg.match(/<path/g)).toHaveLength(3);
	expect(svg).not.toContain('NaN');
});
