import { z } from 'zod';
import type { FieldCondition, FormDefinition, FormField, TableField } from './formDefinition.ts';

/** A row of a table is named at random when it is added, so that rows of two pages never meet. */
export const ROW_ID = /^[a-z0-9]{8}$/;

/** Where a value stands: `address`, or `shareholders:k3x9q0ab:name` in a row of a table. */
export const fieldPath = z
	.string()
	.max(100)
	.regex(/^[a-z][A-Za-z0-9]{0,39}(:[a-z0-9]{8}:[a-z][A-Za-z0-9]{0,39})?$/)
	.describe('A field of a form, or a cell of a table');

/** Reads the value at a path; `''` where there is none. */
export type ValueOf = (path: string) => string;

export const pathOfCell = (table: string, row: string, column: string): string => `${table}:${row}:${column}`;

export const rowsOf = (value: string): string[] => value.split(' ').filter((row) => row !== '');

/** A place of a form, with the row of a table that it stands in. */
export interface Place {
	readonly path: string;
	readonly field: FormField;
	readonly row?: { readonly table: TableField; readonly id: string };
}

export const isTable = (field: FormField): field is TableField => field.kind === 'table';

export function fieldsOf({ sections }: FormDefinition): FormField[] {
	return sections.flatMap(({ fields }) => fields);
}

/** What a path means in a form, whether or not its row exists; nothing where the form has no such field. */
export function placeAt(definition: FormDefinition, path: string): Place | undefined {
	const [fieldId = '', row, column] = path.split(':');
	const field = fieldsOf(definition).find(({ id }) => id === fieldId);
	if (!field) return undefined;
	if (row === undefined) return { path, field };
	if (!isTable(field)) return undefined;
	const cell = field.columns.find(({ id }) => id === column);
	return cell && { path, field: cell, row: { table: field, id: row } };
}

/** The path of a field that another one names: a column of the same row, or a field of the form. */
export function siblingPath(place: Place, fieldId: string): string {
	return place.row ? pathOfCell(place.row.table.id, place.row.id, fieldId) : fieldId;
}

export const holds = (place: Place, condition: FieldCondition, valueOf: ValueOf): boolean =>
	condition.is.includes(valueOf(siblingPath(place, condition.field)));

/** The cells of a row that are asked for now. */
export function cellsOf(table: TableField, rowId: string, valueOf: ValueOf): Place[] {
	return table.columns
		.map((field) => ({
			path: pathOfCell(table.id, rowId, field.id),
			field,
			row: { table, id: rowId },
		}))
		.filter((place) => isAsked(place, valueOf));
}

/** Whether a field is asked for, by what stands in the others. */
export const isAsked = (place: Place, valueOf: ValueOf): boolean =>
	place.field.when === undefined || holds(place, place.field.when, valueOf);

/** All places that are asked for now, in the order of the form; a table before its cells. */
export function placesOf(definition: FormDefinition, valueOf: ValueOf): Place[] {
	return fieldsOf(definition).flatMap((field): Place[] => {
		const place: Place = { path: field.id, field };
		if (!isAsked(place, valueOf)) return [];
		if (!isTable(field)) return [place];
		return [place, ...rowsOf(valueOf(field.id)).flatMap((row) => cellsOf(field, row, valueOf))];
	});
}
