import type { Mark } from '@counter-hub/shared/annotations/marks.ts';
import type { Point, Size } from '#features/sessions/stageView.ts';
import { m } from '#paraglide/messages.js';
import { placesOf } from './grid.ts';
import { labelPlace, turnedPoint, type LabelPlace } from './upright.ts';

/** Of a label, in CSS pixels. */
export const LABEL = { height: 24, padding: 8, gap: 4, size: 13 } as const;

/** `许文：请补填召开日期`; one's own words stand without a name. Empty: the mark has no words. */
export function labelOf({ drawing, by }: Pick<Mark, 'drawing' | 'by'>, staffId: string | null): string {
	const text = 'text' in drawing ? drawing.text : '';
	if (text === '' || by.staffId === staffId || by.name === null) return text;
	return m.annotations_label({ name: by.name, text });
}

/** How wide words are, nearly: Chinese characters are square. In the unit of `size`. */
export const textWidth = (text: string, size: number): number =>
	Array.from(text).reduce((sum, one) => sum + ((one.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56), 0) * size;

/** Where the label of a mark is tied to the picture: at the place of a text, at a corner of a box. */
export function labelPlaceOf({ drawing }: Pick<Mark, 'drawing'>, size: Size, turns: number): LabelPlace {
	const places = placesOf(drawing.points, size);
	const first = places[0] ?? { x: 0, y: 0 };
	if (drawing.tool !== 'box') return { ...first, side: 'beside' };
	return labelPlace(first, places.at(-1) ?? first, size, turns);
}

/** Whether a place on the unturned picture lies under the label of a mark, as people see it. */
export function isOnLabel(mark: Mark, at: Point, size: Size, turns: number): boolean {
	const label = labelOf(mark, null);
	if (label === '') return false;
	const { x, y, side } = labelPlaceOf(mark, size, turns);
	const seen = turnedPoint({ x: at.x - x, y: at.y - y }, turns);
	const top = { above: -LABEL.height - LABEL.gap, below: LABEL.gap, beside: -LABEL.height / 2 }[side];
	const width = textWidth(label, LABEL.size) + 2 * LABEL.padding;
	return seen.x >= 0 && seen.x <= width && seen.y >= top && seen.y <= top + LABEL.height;
}
