import { missingQualifications } from '../qualifications/standing.ts';
import type { QualificationKind } from '../qualifications/qualifications.ts';
import type { Lack } from './fitness.ts';

interface Held {
	readonly records: Parameters<typeof missingQualifications>[0];
	/** Versions of the undertaking that the person has signed. */
	readonly signed: readonly number[];
}
interface Asked {
	readonly required: readonly QualificationKind[];
	/** The version to be signed; null where none is. */
	readonly version: number | null;
}

/** What a person lacks for a shift on a day in Shanghai (S4.3). Pure. */
export function lacksOf({ records, signed }: Held, { required, version }: Asked, date: string): Lack[] {
	return [
		...missingQualifications(records, required, date).map(
			(qualification) => ({ kind: 'qualification', qualification }) as const,
		),
		...(version === null || signed.includes(version) ? [] : [{ kind: 'undertaking', version } as const]),
	];
}
