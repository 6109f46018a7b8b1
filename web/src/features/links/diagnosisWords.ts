import type { Diagnosis } from '@counter-hub/shared/links/matrix.ts';
import { m } from '#paraglide/messages.js';
import { cityName } from '#platform/format.ts';

interface Values {
	city: string;
	one: string;
	other: string;
}
const TITLES: Record<`links_diagnosis_${Diagnosis['kind']}`, (values: Values) => string> = m;
const REMEDIES: Record<`links_diagnosis_${Diagnosis['kind']}_do`, (values: Values) => string> = m;

/** Where the trouble is, and what to do about it. */
export function diagnosisWords({ kind, cities }: Pick<Diagnosis, 'kind' | 'cities'>): {
	title: string;
	remedy: string;
} {
	const [one = '', other = ''] = cities.map(cityName);
	const values = { city: one, one, other };
	return {
		title: TITLES[`links_diagnosis_${kind}`](values),
		remedy: REMEDIES[`links_diagnosis_${kind}_do`](values),
	};
}
