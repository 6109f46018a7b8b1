import type { Diagnosis, MatrixCell } from '@counter-hub/shared/links/matrix.ts';

type Way = Pick<MatrixCell, 'from' | 'to'>;

/** The same trouble in another reading of the matrix has the same key. */
export const diagnosisKey = ({ kind, cities }: Pick<Diagnosis, 'kind' | 'cities'>): string =>
	[kind, ...cities].join('-');

/** Whether a direction is among those that a diagnosis is about. Pure. */
export function isAbout({ kind, cities }: Pick<Diagnosis, 'kind' | 'cities'>, { from, to }: Way): boolean {
	switch (kind) {
		case 'everything':
			return true;
		case 'node':
		case 'city':
			return cities.includes(from) || cities.includes(to);
		case 'sends':
			return cities.includes(from);
		case 'receives':
			return cities.includes(to);
		case 'path':
			return cities.includes(from) && cities.includes(to);
	}
}
