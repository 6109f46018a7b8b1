import type { City } from '@counter-hub/shared/cities/cities.ts';
import { idOf, type Projection } from '../timeline/types.ts';

export const subjectOf = (code: string): string => `city:${code}`;

/** A city's entry; `code` is the key of the document. */
export interface CityEntry extends Omit<City, 'code'> {
	/** Who looked after all cities when this one came. */
	keepers: readonly string[];
}

/** The register: the fold of the timelines `city:<code>`, on which the cities' settings lie too. */
export const cityEntries: Projection<CityEntry> = {
	name: 'city_entries',
	subjectKind: 'city',
	by: 'subject',
	apply(state, { type, data }) {
		if (type === 'city.registered') return { ...data, version: 1 };
		if (type === 'city.changed' && state) return { ...state, ...data, version: state.version + 1 };
		return state;
	},
};

const LETTERS = 'letters';
export const machineOf = (letters: string): string => `${LETTERS}:${letters}`;

/** Letters that are given away, and to which city. */
export const cityLetters: Projection<{ code: string; version: number }> = {
	name: 'city_letters',
	subjectKind: 'city',
	by: { machine: LETTERS },
	apply: (state, { type, subject }) =>
		type === 'city.registered' ? { code: idOf(subject), version: 1 } : state,
};
