import type { FrameInfo } from '@counter-hub/shared/media/frames.ts';
import type { PaperSaid } from '@counter-hub/shared/papers/paperSaid.ts';
import { expect, test } from 'vitest';
import { PaperView } from '../../web/src/features/papers/viewing/PaperView.ts';

const frame = (frameId: string, rest = 1): FrameInfo => ({
	frameId,
	format: 'loco-2',
	width: 4,
	height: 3,
	rest,
});
const said = (change: Partial<PaperSaid> = {}): PaperSaid => ({
	stream: 'papers',
	rest: 1,
	still: true,
	frame: null,
	paper: 7,
	...change,
});
/** A view that holds a frame of the first rest. */
function withFrame(at = 0): PaperView {
	const view = new PaperView();
	view.said(said(), at);
	view.begin(frame('a'), at);
	view.read(frame('a'), true);
	return view;
}

test('V14 a frame is shown once it is whole and for as long as its rest goes on', () => {
	const view = new PaperView();
	view.said(said(), 0);
	view.begin(frame('a'), 10);
	view.part('a', 20);
	expect(view.shown(20)).toBeNull();
	view.read(frame('a'), true);
	expect(view.shown(30)).toBe('a');
	// A better one takes its place when it is whole.
	view.begin(frame('b'), 40);
	expect(view.shown(50)).toBe('a');
	view.read(frame('b'), true);
	expect(view.shown(60)).toBe('b');
	view.dropped(1);
	expect(view.shown(70)).toBeNull();
	expect(view.paper).toBe(7);
});

test('V14 a frame is shown although a better one began to come while it was still being read', () => {
	const view = new PaperView();
	view.said(said(), 0);
	view.begin(frame('near'), 10);
	view.begin(frame('exact'), 20);
	view.read(frame('near'), true);
	expect(view.shown(30)).toBe('near');
	// The better one is on its way, and need not be asked for.
	view.said(said({ frame: 'exact' }), 40);
	expect(view.wants(50)).toBeNull();
	view.read(frame('exact'), true);
	expect(view.shown(60)).toBe('exact');
	// What was read of an earlier rest comes too late.
	view.begin(frame('next', 2), 70);
	view.read(frame('next', 2), true);
	view.read(frame('near'), true);
	expect(view.shown(80)).toBe('next');
});

test.each([
	['by the way that is acknowledged', (view: PaperView) => view.dropped(1)],
	['by the volatile one', (view: PaperView) => view.said(said({ still: false }), 100)],
	['by the word of a later rest', (view: PaperView) => view.said(said({ rest: 2 }), 100)],
	['by a frame of a later rest', (view: PaperView) => view.begin(frame('b', 2), 100)],
] as const)('V14 that it moved is believed %s, whatever comes late', (_way, move) => {
	const view = withFrame();
	move(view);
	expect(view.shown(110)).toBeNull();
	view.said(said({ frame: 'a' }), 120);
	view.read(frame('a'), true);
	expect(view.shown(130)).toBeNull();
	expect(view.wants(130)).toBeNull();
	view.begin(frame('a'), 140);
	view.read(frame('a'), true);
	expect(view.shown(150)).toBeNull();
	view.begin(frame('c', 3), 160);
	view.read(frame('c', 3), true);
	expect(view.shown(170)).toBe('c');
});

test('V14 what is not said again is not believed for long, and shown again when it is said', () => {
	const view = withFrame();
	expect(view.shown(2_500)).toBe('a');
	expect(view.shown(2_501)).toBeNull();
	view.said(said({ frame: 'a' }), 9_000);
	expect(view.shown(9_000)).toBe('a');
	// Parts that come are a sign of life too.
	view.begin(frame('b'), 11_000);
	view.part('b', 13_000);
	expect(view.shown(13_400)).toBe('a');
});

test('V14 a frame that is there and not here is asked for, unless it is coming, ever more seldom', () => {
	const view = new PaperView();
	view.said(said({ frame: 'a' }), 0);
	expect(view.wants(0)).toBe('a');
	expect(view.wants(10)).toBeNull();
	view.begin(frame('a'), 100);
	view.part('a', 2_000);
	expect(view.wants(3_000)).toBeNull();
	// Nothing more of it has come.
	const asked: number[] = [];
	for (let at = 3_000; at < 60_000; at += 100) if (view.wants(at) !== null) asked.push(at);
	expect(asked.map((at, no) => at - (asked[no - 1] ?? 0)).slice(1)).toEqual([
		6_000, 12_000, 12_000, 12_000, 12_000,
	]);
	view.read(frame('a'), false);
	expect(view.shown(60_000)).toBeNull();
	view.begin(frame('a'), 60_000);
	view.read(frame('a'), true);
	expect(view.wants(90_000)).toBeNull();
	view.said(said({ rest: 2, frame: 'b' }), 90_000);
	expect(view.wants(90_000)).toBe('b');
});
