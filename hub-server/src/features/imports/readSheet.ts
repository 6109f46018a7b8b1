import { CsvError, parse } from 'csv-parse/sync';
import { searchForm } from '@counter-hub/shared/codes/plainText.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { IMPORT_LIMITS, importField, type ImportField } from '@counter-hub/shared/imports/staffImport.ts';

export type Cells = Record<ImportField, string>;
/** A row of the sheet with somebody on it. */
export interface SheetRow {
	readonly line: number;
	readonly cells: Cells;
}

const DELIMITERS = [',', ';', '\t'] as const;
const OPTIONS = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true };

const HEADINGS: Record<ImportField, readonly string[]> = {
	name: ['工号', '登录工号', 'number', 'staff number', 'sign-in name'],
	displayName: ['姓名', 'name', 'display name', 'full name'],
	role: ['角色', '岗位', 'role', 'post'],
	counter: ['专窗', '所在专窗', '专窗名称', 'counter', 'counter name'],
};

/**
 * The rows below the headings; rows without anything are passed over, further columns too. Which sign stands between
 * the cells is seen from the headings.
 * @throws AppError `importNoHeadings`, `importMalformed`, `importEmpty`, `importTooManyLines`
 */
export function readSheet(text: string): SheetRow[] {
	const delimiter = delimiterOf(text);
	const [headings, ...rows] = recordsOf(text, delimiter)
		.map((cells, index) => ({ line: index + 1, cells: cells.map((cell) => cell.trim()) }))
		.filter(({ cells }) => cells.some((cell) => cell !== ''));
	const columns = columnsOf(headings?.cells ?? []);
	const found = rows
		.map(({ line, cells }) => ({ line, cells: cellsIn(columns, cells) }))
		.filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''));
	if (found.length === 0) throw new AppError('importEmpty');
	const { lines } = IMPORT_LIMITS;
	if (found.length > lines) throw new AppError('importTooManyLines', { params: { most: lines } });
	return found;
}

/** The one that lets all headings be found. */
function delimiterOf(text: string): string {
	const found = DELIMITERS.find((delimiter) => {
		const columns = columnsOf(headingsBy(text, delimiter));
		return importField.options.every((field) => columns[field] !== -1);
	});
	if (found === undefined) throw new AppError('importNoHeadings');
	return found;
}

/** The first row with anything in it; none where its quotation marks do not fit this delimiter. */
function headingsBy(text: string, delimiter: string): readonly string[] {
	try {
		const [first] = parse(text, { ...OPTIONS, delimiter, to: 1, skip_records_with_empty_values: true });
		return first ?? [];
	} catch (error) {
		if (error instanceof CsvError) return [];
		throw error;
	}
}

function recordsOf(text: string, delimiter: string): string[][] {
	try {
		return parse(text, { ...OPTIONS, delimiter });
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw new AppError('importMalformed', { params: { line: Number(error['records']) + 1 }, cause: error });
	}
}

/** Where each field stands; -1 where nowhere. */
function columnsOf(headings: readonly string[]): Record<ImportField, number> {
	const plain = headings.map(searchForm);
	const columnOf = (field: ImportField) => plain.findIndex((heading) => HEADINGS[field].includes(heading));
	return {
		name: columnOf('name'),
		displayName: columnOf('displayName'),
		role: columnOf('role'),
		counter: columnOf('counter'),
	};
}

function cellsIn(columns: Record<ImportField, number>, cells: readonly string[]): Cells {
	const cellOf = (field: ImportField) => cells[columns[field]] ?? '';
	return {
		name: cellOf('name'),
		displayName: cellOf('displayName'),
		role: cellOf('role'),
		counter: cellOf('counter'),
	};
}
