/** So that Excel takes it for UTF-8. */
const BOM = '\ufeff';
/** What a program of sheets would calculate; also in full-width signs. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/** Null: an empty cell. */
type Cell = string | number | null;

/**
 * A sheet as CSV (RFC 4180) for Excel and its like. A text that looks like a formula gets a `'` before it; a number stays
 * what it is. Pure.
 */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
	BOM + rows.map((cells) => `${cells.map(textOf).join(',')}\r\n`).join('');

/** Saves a sheet under a name. */
export function saveCsv(name: string, rows: readonly (readonly Cell[])[]): void {
	const url = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}

function textOf(cell: Cell): string {
	if (typeof cell !== 'string') return cell === null ? '' : String(cell);
	const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
	return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
