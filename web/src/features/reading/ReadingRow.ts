import { compare, type CaseFacts, type Comparison } from '@counter-hub/shared/reading/compare.ts';
import type { RecordedFinding } from '@counter-hub/shared/reading/decisions.ts';
import type { Finding, FindingKind, PicturePlace } from '@counter-hub/shared/reading/findings.ts';

/** One finding as it is shown: what was read beside what the case says, and where it stands. */
export interface ReadingRow extends Comparison {
	/** Within its reading. */
	readonly index: number;
	readonly kind: FindingKind;
	readonly place: PicturePlace;
	readonly resolved: boolean;
}

const ORDER = { differs: 0, unsure: 1, match: 2, misread: 3, none: 4 } as const;

/** What was read here: exceptions first. `misread`: indexes of what a person says is not what stands there. */
export const rowsOf = (
	findings: readonly Finding[],
	facts: CaseFacts,
	misread: ReadonlySet<number>,
): ReadingRow[] =>
	ordered(
		findings.map((finding, index) => {
			const { kind, place, resolved } = finding;
			const comparison = compare(finding, facts);
			const result = misread.has(index) ? 'misread' : comparison.result;
			return { ...comparison, index, kind, place, resolved, result };
		}),
	);

/** What was decided on earlier, or by somebody else. */
export const recordedRows = (findings: readonly RecordedFinding[], facts: CaseFacts): ReadingRow[] =>
	ordered(
		findings.map(({ kind, text, place, result }, index) => {
			const known = result === 'none' ? null : knownOf(kind, facts);
			return { index, kind, place, resolved: false, read: text, known, remark: null, result };
		}),
	);

function knownOf(kind: FindingKind, { uscc, name, citizenId, phone }: CaseFacts): string | null {
	switch (kind) {
		case 'uscc':
		case 'qr':
		case 'barcode':
			return uscc;
		case 'name':
			return name;
		case 'citizenId':
			return citizenId;
		case 'phone':
			return phone;
		case 'date':
			return null;
	}
}

/** What differs stands above what was found in order, and below that what says nothing. */
const ordered = (rows: readonly ReadingRow[]): ReadingRow[] =>
	rows.toSorted((a, b) => ORDER[a.result] - ORDER[b.result] || a.index - b.index);
