import { ROW_ID, rowsOf } from './fieldPaths.ts';
import type { TableField } from './formDefinition.ts';

/** The rows of a table as a value, or why they are none. */
export function takeRows(
	{ rows: { most } }: TableField,
	text: string,
): { readonly value: string } | { readonly refused: 'wrongFieldValue' } {
	const rows = rowsOf(text);
	const areRows = rows.every((row) => ROW_ID.test(row)) && new Set(rows).size === rows.length;
	return areRows && rows.length <= most ? { value: rows.join(' ') } : { refused: 'wrongFieldValue' };
}

/** A name for a new row. */
export function newRowId(): string {
	const signs = '0123456789abcdefghijklmnopqrstuvwxyz';
	return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => signs.charAt(byte % 36)).join('');
}
