import {
	cellsOf,
	isAsked,
	isTable,
	rowsOf,
	type Place,
	type ValueOf,
} from '@counter-hub/shared/forms/fieldPaths.ts';
import type { FormDefinition, TableField, ValueField } from '@counter-hub/shared/forms/formDefinition.ts';

/** What the print shows at a place: the value, or what of it may be seen. */
export type ShownAt = (place: Place) => string;

/** One cell of the print: a text, or boxes of which one is ticked. */
interface PrintedCell {
	readonly label: string;
	/** `statement`: a sentence that is answered with yes or no; it takes the room of the value. */
	readonly width: 'half' | 'whole' | 'statement';
	readonly text: string;
	readonly boxes: readonly { readonly label: string; readonly ticked: boolean }[];
}
interface PrintedTable {
	readonly head: readonly string[];
	/** Shares of the width. */
	readonly widths: readonly number[];
	readonly rows: readonly (readonly string[])[];
}
/** As the template lays it out: cells two in a row, and tables below. */
interface PrintedSection {
	readonly title: string;
	readonly cells: readonly PrintedCell[];
	readonly tables: readonly PrintedTable[];
}

const YES_NO = [
	{ value: 'yes', label: '是' },
	{ value: 'no', label: '否' },
];
/** More boxes, or longer words, take the whole width. */
const BOXES_WIDTH = 18;
/** A longer label of a yes or no is a sentence. */
const LABEL_WIDTH = 8;
/** A column of numbers needs more room than one of words that break; as shares. */
const SHARES: Partial<Record<ValueField['kind'], number>> = {
	personName: 1.5,
	certificate: 2.1,
	uscc: 2.1,
	date: 1.25,
};

/** What is printed of a form: what is asked for now, section by section. */
export function printedSections(
	{ sections }: FormDefinition,
	valueOf: ValueOf,
	shownAt: ShownAt,
): PrintedSection[] {
	return sections
		.map(({ title, fields }) => ({
			title: title.zh,
			cells: fields.flatMap((field) => {
				const place = { path: field.id, field };
				return isTable(field) || !isAsked(place, valueOf) ? [] : [cellOf(field, shownAt(place))];
			}),
			tables: fields.flatMap((field) => (isTable(field) ? [tableOf(field, valueOf, shownAt)] : [])),
		}))
		.filter(({ cells, tables }) => cells.length + tables.length > 0);
}

function cellOf(field: ValueField, value: string): PrintedCell {
	const boxes = choicesOf(field).map((one) => ({ label: one.label, ticked: one.value === value }));
	const boxesWidth = boxes.reduce((sum, { label }) => sum + Array.from(label).length + 2, 0);
	const isStatement = field.kind === 'yesNo' && Array.from(field.label.zh).length > LABEL_WIDTH;
	const isWhole = field.wide === true || boxesWidth > BOXES_WIDTH;
	return {
		label: field.label.zh,
		width: isStatement ? 'statement' : isWhole ? 'whole' : 'half',
		text: boxes.length > 0 || value === '' ? '' : withUnit(field, value),
		boxes,
	};
}

function tableOf(table: TableField, valueOf: ValueOf, shownAt: ShownAt): PrintedTable {
	return {
		widths: table.columns.map(({ kind }) => SHARES[kind] ?? 1.1),
		head: ['序', ...table.columns.map(({ label, unit }) => (unit ? `${label.zh}（${unit.zh}）` : label.zh))],
		rows: rowsOf(valueOf(table.id)).map((row, index) => {
			const asked = new Map(cellsOf(table, row, valueOf).map((place) => [place.field.id, place]));
			return [
				String(index + 1),
				...table.columns.map((column) => {
					const place = asked.get(column.id);
					return place ? wordOf(column, shownAt(place)) : '';
				}),
			];
		}),
	};
}

const choicesOf = ({ kind, options = [] }: ValueField) =>
	kind === 'yesNo' ? YES_NO : options.map(({ value, label }) => ({ value, label: label.zh }));

const wordOf = (field: ValueField, value: string): string =>
	choicesOf(field).find((one) => one.value === value)?.label ?? value;

const withUnit = ({ unit }: ValueField, value: string): string => (unit ? `${value} ${unit.zh}` : value);
