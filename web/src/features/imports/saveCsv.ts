import { toCsv } from '@counter-hub/shared/imports/toCsv.ts';

/** Saves a sheet under a name. */
export function saveCsv(name: string, rows: readonly (readonly string[])[]): void {
	const url = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
