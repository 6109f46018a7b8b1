/**
 * A table as CSV (RFC 4180) that office programs read as it is: UTF-8 with its mark, and no text that they would take for
 * a formula. Pure.
 */
export const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
	`\uFEFF${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;

function field(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
