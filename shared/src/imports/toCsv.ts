/** So that Excel takes it for UTF-8. */
const BOM = '\ufeff';
/** What a program of sheets would calculate; also in full-width signs. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/** A sheet as CSV (RFC 4180) for Excel and its like. A cell that looks like a formula gets a `'` before it. */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
	BOM + rows.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');

function cellOf(text: string): string {
	const harmless = FORMULA.test(text) ? `'${text}` : text;
	return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
