import type { ImportField, ImportRefusal } from '@counter-hub/shared/imports/staffImport.ts';
import { m } from '#paraglide/messages.js';
import { saveCsv } from '#platform/csv.ts';
import { headings, refusalWords } from './importWords.ts';

interface Refused {
	readonly line: number;
	readonly cells: Record<ImportField, string>;
	readonly refusal: ImportRefusal;
}

/** The lines that were refused, each with the reason: to be mended and imported again. */
export const saveRefused = (lines: readonly Refused[]): void =>
	saveCsv(m.imports_refused_file(), [
		[...headings(), m.imports_line(), m.imports_why()],
		...lines.map(({ line, cells: { name, displayName, role, counter }, refusal }) => [
			name,
			displayName,
			role,
			counter,
			String(line),
			refusalWords(refusal),
		]),
	]);
