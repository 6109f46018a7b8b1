import { caseState, type caseQuery, type CaseState } from '@counter-hub/shared/cases/cases.ts';
import { knownCity, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { z } from 'zod';

export type CaseQuery = Partial<z.infer<typeof caseQuery>>;

/** Filters of the list of cases as they stand in the page's address, so that a link or a reload brings them back. */
export interface CaseFilters {
	text: string;
	state: CaseState | '';
	itemNo: string;
	city: CityCode;
	scope: 'mine' | 'counter' | '';
}

/** Reads an address; what is not a valid filter counts as absent. */
export function filtersOf(params: Pick<URLSearchParams, 'get'>): CaseFilters {
	const state = caseState.safeParse(params.get('state'));
	const city = knownCity.safeParse(params.get('city'));
	const scope = params.get('scope');
	const itemNo = params.get('item') ?? '';
	return {
		text: (params.get('q') ?? '').slice(0, 100),
		state: state.success ? state.data : '',
		itemNo: /^[1-9]\d{0,2}$/.test(itemNo) ? itemNo : '',
		city: city.success ? city.data : '',
		scope: scope === 'mine' || scope === 'counter' ? scope : '',
	};
}

/** The address part for filters, without the empty ones: `?q=…&state=…`, or nothing. */
export function searchOf(filters: CaseFilters): string {
	const params = new URLSearchParams(
		[
			['q', filters.text.trim()],
			['state', filters.state],
			['item', filters.itemNo],
			['city', filters.city],
			['scope', filters.scope],
		].filter((pair): pair is [string, string] => pair[1] !== ''),
	);
	const text = params.toString();
	return text === '' ? '' : `?${text}`;
}

/** What the hub is asked for. */
export function queryOf(filters: CaseFilters): CaseQuery {
	return {
		...(filters.text.trim() !== '' && { text: filters.text.trim() }),
		...(filters.state !== '' && { state: filters.state }),
		...(filters.itemNo !== '' && { itemNo: Number(filters.itemNo) }),
		...(filters.city !== '' && { city: filters.city }),
		...(filters.scope !== '' && { scope: filters.scope }),
	};
}

export const isFiltered = (filters: CaseFilters): boolean =>
	filters.text.trim() !== '' || filters.state !== '' || filters.itemNo !== '' || filters.city !== '';

/** Whether a text looks like an ID or telephone number, or the better part of one. A USCC has 18 characters too, but letters among them. */
export const isPersonalNumber = (text: string): boolean => /^\d[\d\s-]{5,}[\dXx]$/.test(text.trim());
