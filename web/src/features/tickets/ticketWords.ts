import type { Evidence } from '@counter-hub/shared/tickets/evidence.ts';
import type { TicketCause } from '@counter-hub/shared/tickets/causes.ts';
import type { TicketState } from '@counter-hub/shared/tickets/ticketState.ts';
import type { TicketView } from '@counter-hub/shared/tickets/tickets.ts';
import { itemFigures, itemName } from '#features/checks/words.ts';
import { verdictWord } from '#features/links/cellWords.ts';
import { findingShort } from '#features/links/findingWords.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { cityName } from '#platform/format.ts';

const STATES: Record<TicketState, () => string> = {
	pending: m.tickets_state_pending,
	working: m.tickets_state_working,
	confirming: m.tickets_state_confirming,
	solved: m.tickets_state_solved,
};
export const stateName = (state: TicketState): string => STATES[state]();

/** `打印机` · `松江 → 杭州 连线` · `松江媒体节点` */
export function causeName(cause: TicketCause): string {
	switch (cause.kind) {
		case 'device':
			return itemName(cause.item);
		case 'other':
			return m.tickets_cause_other();
		case 'link':
			return m.tickets_cause_link({ from: cityName(cause.from), to: cityName(cause.to) });
		case 'node':
			return m.tickets_cause_node({ city: cityName(cause.city) });
	}
}

/** `松江专窗 · 2号窗口`; in English the city stands for its counter. */
export function placeName({ counterName, cityCode, windowNumber }: TicketView): string {
	const counter = getLocale() === 'en' ? cityName(cityCode) : counterName;
	return windowNumber === null ? counter : m.tickets_place({ counter, n: windowNumber });
}

/** What was measured, in one line. */
export function evidenceLine(evidence: Evidence): string {
	if (evidence.kind === 'check') return itemFigures(evidence.found);
	const { verdict, findings, measured } = evidence.result;
	return [verdictWord(verdict), ...findings.map(({ kind }) => findingShort(kind, measured))].join(
		m.tickets_comma(),
	);
}

/** What it is about, in one line: what somebody wrote, or else what was measured last. */
export const aboutLine = ({ text, evidence }: TicketView): string =>
	text ?? (evidence ? evidenceLine(evidence) : '');

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long it has been open, or was: `3 天`, `2 小时`, `15 分钟`. */
export function ageText({ openedAt, solved }: TicketView, now: number): string {
	const age = Math.max(0, (solved ? Date.parse(solved.at) : now) - Date.parse(openedAt));
	if (age < HOUR_MS) return m.tickets_age_minutes({ n: Math.floor(age / MINUTE_MS) });
	if (age < DAY_MS) return m.tickets_age_hours({ n: Math.floor(age / HOUR_MS) });
	return m.tickets_age_days({ n: Math.floor(age / DAY_MS) });
}
