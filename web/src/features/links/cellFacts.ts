import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';
import type { CellState, LinkOfCounters, MatrixCell } from '@counter-hub/shared/links/matrix.ts';

/** Worse ones are greater. */
const BADNESS: Record<Verdict, number> = { pass: 0, warn: 1, fail: 2 };

/** How a link stands against the day before on which anything was measured; null: alike, or nothing to compare. */
export function changeOf({
	verdict,
	before,
}: Pick<MatrixCell, 'verdict' | 'before'>): 'better' | 'worse' | null {
	if (verdict === null || before === null || verdict === before) return null;
	return BADNESS[verdict] < BADNESS[before] ? 'better' : 'worse';
}

/** How many cells are in each state. */
export function countsOf(cells: readonly Pick<MatrixCell, 'state'>[]): Record<CellState, number> {
	const counts = { pass: 0, warn: 0, fail: 0, running: 0, waiting: 0, notDue: 0, stale: 0 };
	for (const { state } of cells) counts[state] += 1;
	return counts;
}

/** Of the counters between two cities the one that decides; of equally bad ones the slowest. */
export function decisiveLink({ counters }: Pick<MatrixCell, 'counters'>): LinkOfCounters | undefined {
	return counters.toSorted(
		(a, b) => BADNESS[b.verdict] - BADNESS[a.verdict] || roundTripOf(b) - roundTripOf(a),
	)[0];
}

const roundTripOf = ({ measured }: LinkOfCounters): number => measured?.roundTripMs ?? 0;
