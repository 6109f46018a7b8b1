import type { MarkTool } from '@counter-hub/shared/annotations/marks.ts';
import { getStroke } from 'perfect-freehand';
import type { Point, Size } from '#features/sessions/stageView.ts';
import { placesOf } from './grid.ts';

/** CSS pixels, at every zoom: marks point at something and do not grow with it. */
export const LINE = 3;
/** The white around them on either side. */
export const CASING = 1.5;
const HEAD = 14;
const HEAD_ANGLE = 0.45;

/** The form of a mark as an SVG path: an area, or a line `LINE` wide. */
export interface Shape {
	readonly d: string;
	readonly filled: boolean;
}

interface Drawn {
	readonly tool: MarkTool;
	readonly points: readonly (number | undefined)[];
}

/** `unit`: so many of the lengths of `size` are one CSS pixel. Text alone has no form. */
export function shapeOf({ tool, points }: Drawn, size: Size, unit = 1): Shape | null {
	const places = placesOf(points, size);
	const [from, to] = [places[0], places.at(-1)];
	if (!from || !to || tool === 'text') return null;
	if (tool === 'pen') return { d: penPath(places, unit), filled: true };
	const d = tool === 'box' ? boxPath(from, to) : arrowPath(from, to, unit);
	return { d, filled: false };
}

const at = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

function boxPath(from: Point, to: Point): string {
	return `M${at(from)} L${at({ x: to.x, y: from.y })} L${at(to)} L${at({ x: from.x, y: to.y })} Z`;
}

function arrowPath(tail: Point, head: Point, unit: number): string {
	const angle = Math.atan2(tail.y - head.y, tail.x - head.x);
	const length = Math.min(HEAD * unit, Math.hypot(tail.x - head.x, tail.y - head.y) * 0.6);
	const wing = (turn: number) => ({
		x: head.x + Math.cos(angle + turn) * length,
		y: head.y + Math.sin(angle + turn) * length,
	});
	return `M${at(tail)} L${at(head)} M${at(wing(HEAD_ANGLE))} L${at(head)} L${at(wing(-HEAD_ANGLE))}`;
}

function penPath(places: readonly Point[], unit: number): string {
	const outline = getStroke([...places], {
		size: (LINE + 0.5) * unit,
		thinning: 0,
		smoothing: 0.6,
		streamline: 0.3,
		simulatePressure: false,
		last: true,
	}).map(([x, y]) => ({ x, y }));
	const [first] = outline;
	if (!first) return '';
	const middle = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
	const curves = outline.map((point, i) => {
		const next = outline[(i + 1) % outline.length] ?? first;
		return `${at(point)} ${at(middle(point, next))}`;
	});
	return `M${at(first)} Q${curves.join(' ')} Z`;
}
