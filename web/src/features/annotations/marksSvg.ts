import type { Mark } from '@counter-hub/shared/annotations/marks.ts';
import { LABEL, labelOf, labelPlaceOf, textWidth } from './labels.ts';
import { CASING, LINE, shapeOf } from './shapes.ts';

/** Colours of strokes, as the tokens name them. */
export interface MarkColours {
	readonly permit: string;
	readonly receiving: string;
	readonly casing: string;
}

/** Pixels of a picture for which lines have the width that they have on the stage. */
const USUAL_SIDE = 900;
const FONTS = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** The marks of a still of that many pixels as an SVG that fits over it, with names: to be looked at and printed. */
export function marksSvg(
	marks: readonly Mark[],
	width: number,
	height: number,
	colours: MarkColours,
): string {
	const size = { width, height };
	const unit = Math.max(width, height) / USUAL_SIDE;
	const parts = marks.map((mark) => {
		const colour = colours[mark.by.duty ?? 'receiving'];
		return strokeOf(mark, size, unit, colour, colours.casing) + labelSvg(mark, size, unit, colour, colours);
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${parts.join('')}</svg>`;
}

/** As an address for an `img`. */
export const svgAddress = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

type Sized = Parameters<typeof shapeOf>[1];

function strokeOf({ drawing }: Mark, size: Sized, unit: number, colour: string, casing: string): string {
	const shape = shapeOf(drawing, size, unit);
	if (!shape) return '';
	const join = 'stroke-linejoin="round" stroke-linecap="round"';
	const around = 2 * CASING * unit;
	if (shape.filled)
		return `<path d="${shape.d}" fill="${colour}" stroke="${casing}" stroke-width="${around}" paint-order="stroke" ${join}/>`;
	const line = (stroke: string, width: number) =>
		`<path d="${shape.d}" fill="none" stroke="${stroke}" stroke-width="${width}" ${join}/>`;
	return line(casing, LINE * unit + around) + line(colour, LINE * unit);
}

function labelSvg(mark: Mark, size: Sized, unit: number, colour: string, { casing }: MarkColours): string {
	const words = labelOf(mark, null);
	if (words === '') return '';
	const { x, y, side } = labelPlaceOf(mark, size, 0);
	const [high, font, padding] = [LABEL.height * unit, LABEL.size * unit, LABEL.padding * unit];
	const gap = LABEL.gap * unit;
	const top = y + { above: -high - gap, below: gap, beside: -high / 2 }[side];
	const wide = textWidth(words, font) + 2 * padding;
	const box = `<rect x="${x}" y="${top}" width="${wide}" height="${high}" rx="${3 * unit}" fill="${colour}" stroke="${casing}" stroke-width="${unit}"/>`;
	const baseline = top + high / 2 + font * 0.35;
	return `${box}<text x="${x + padding}" y="${baseline}" font-size="${font}" font-family="${FONTS}" fill="${casing}">${escaped(words)}</text>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => ESCAPES[one] ?? '');
