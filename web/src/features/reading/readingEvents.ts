import ScanText from '@lucide/svelte/icons/scan-text';
import { readingEvents } from '@counter-hub/shared/reading/events.ts';
import type { EventView } from '@counter-hub/shared/timeline/eventView.ts';
import { stillLabel } from '#features/stills/stillLabel.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import { KIND_WORDS, RESULT_WORDS, VERDICT_WORDS } from './readingWords.ts';

export const describeReadingEvents: DescribeEvents<keyof typeof readingEvents> = {
	'reading.decided': ({ materialNo, findings, decision, note }) => ({
		icon: ScanText,
		title: m.reading_event({ label: stillLabel({ materialNo }), verdict: VERDICT_WORDS[decision]() }),
		detail: [
			...findings
				.filter(({ result }) => result !== 'none')
				.map(({ kind, text, result }) =>
					m.reading_event_line({ kind: KIND_WORDS[kind](), text, result: RESULT_WORDS[result].word() }),
				),
			...(note === '' ? [] : [note]),
		].join('\n'),
		...(decision === 'differs' && { tone: 'warn' }),
		...(decision === 'matches' && { tone: 'ok' }),
	}),
};

/** Each still counts as it was decided last. `events`: newest first. */
export function summaryOfReadings(events: readonly EventView[]): string {
	const last = new Map<string, boolean>();
	for (const { type, data } of events) {
		const decided = type === 'reading.decided' ? readingEvents[type].safeParse(data).data : undefined;
		if (decided && !last.has(decided.stillId)) last.set(decided.stillId, decided.decision === 'differs');
	}
	const apart = [...last.values()].filter(Boolean).length;
	if (last.size === 0) return '';
	return apart === 0 ? m.reading_summary({ n: last.size }) : m.reading_summary_apart({ n: last.size, apart });
}
