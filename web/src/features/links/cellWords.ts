import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';
import type { CellState, MatrixCell, MatrixCity } from '@counter-hub/shared/links/matrix.ts';
import { m } from '#paraglide/messages.js';
import { cityName } from '#platform/format.ts';
import { changeOf, decisiveLink } from './cellFacts.ts';
import { findingShort, msText } from './findingWords.ts';

/** What a cell is in: a day that is over waits for nothing any more. */
export type ShownState = CellState | 'unmeasured';
export const shownState = (state: CellState, isToday: boolean): ShownState =>
	state === 'waiting' && !isToday ? 'unmeasured' : state;

export const stateWord = (state: ShownState): string =>
	({
		pass: m.links_state_pass,
		warn: m.links_state_warn,
		fail: m.links_state_fail,
		running: m.links_state_running,
		waiting: m.links_state_waiting,
		notDue: m.links_state_notDue,
		stale: m.links_state_stale,
		unmeasured: m.links_state_unmeasured,
	})[state]();
export const verdictWord = (verdict: Verdict): string => stateWord(verdict);

/** In the cell: the round trip in ms where it passed, what is wrong where it did not, else its state. */
export function cellText(cell: MatrixCell, isToday: boolean): string {
	const state = shownState(cell.state, isToday);
	const link = decisiveLink(cell);
	if (state === 'pass') {
		const roundTripMs = link?.measured?.roundTripMs;
		return roundTripMs === undefined || roundTripMs === null ? stateWord(state) : msText(roundTripMs);
	}
	return reasonOf(cell, state) ?? stateWord(state);
}

/** The finding that decides, where the state is one that has a reason. */
export function reasonOf(cell: MatrixCell, state: ShownState): string | null {
	if (state !== 'warn' && state !== 'fail') return null;
	const link = decisiveLink(cell);
	const [finding] = link?.findings ?? [];
	return link && finding ? findingShort(finding.kind, link.measured) : null;
}

/** The cell in full, for whoever hears it: `合肥到松江，不通，无画面`. */
export function cellSentence(cell: MatrixCell, isToday: boolean): string {
	const state = shownState(cell.state, isToday);
	const roundTripMs = decisiveLink(cell)?.measured?.roundTripMs;
	const change = changeOf(cell);
	const what = [
		stateWord(state),
		reasonOf(cell, state),
		state === 'pass' && typeof roundTripMs === 'number'
			? m.links_ms_spoken({ n: msText(roundTripMs) })
			: null,
		cell.counters.length > 1 ? m.links_cell_counters({ n: cell.counters.length }) : null,
		change === null ? null : changeWord(change),
	].filter((part) => part !== null);
	return m.links_cell({
		from: cityName(cell.from),
		to: cityName(cell.to),
		what: what.join(m.links_comma()),
	});
}

export const changeWord = (change: 'better' | 'worse'): string =>
	change === 'better' ? m.links_change_better() : m.links_change_worse();

/** Where a city would send to itself stands how it is there. */
export function ownText({ due, ready, nodes }: MatrixCity, isToday: boolean): string {
	if (!isToday) return m.links_own();
	if (nodes.known > 0 && nodes.there === 0) return m.links_own_nodeAway();
	if (!due) return m.links_state_notDue();
	return ready === 0 ? m.links_own_offline() : m.links_own();
}
