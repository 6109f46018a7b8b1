import type { Readings } from '@counter-hub/shared/reading/applyReadingEvent.ts';
import type { CaseFacts } from '@counter-hub/shared/reading/compare.ts';
import { m } from '#paraglide/messages.js';
import { recordedRows } from './ReadingRow.ts';
import { KIND_WORDS } from './readingWords.ts';

/** What a person found to differ on the stills of a material, each reason once. */
export function readingReasons(readings: Readings, materialNo: number, facts: CaseFacts): string[] {
	const rows = readings
		.filter((one) => one.materialNo === materialNo && one.decision === 'differs')
		.flatMap(({ findings }) => recordedRows(findings, facts))
		.filter(({ result }) => result === 'differs');
	const words = rows.map(({ kind, read, known }) =>
		known === null
			? m.reading_reason_date({ kind: KIND_WORDS[kind](), read, why: m.reading_result_differs() })
			: m.reading_reason({ kind: KIND_WORDS[kind](), read, known }),
	);
	return [...new Set(words)];
}
