import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { EndInWords, LinkOfCounters } from '@counter-hub/shared/links/matrix.ts';
import { m } from '#paraglide/messages.js';
import { getLocale } from '#paraglide/runtime.js';
import { cityName } from '#platform/format.ts';

/** `合肥专窗 1号窗口`; in English the city stands for its counter. */
export function placeOf({ counterName, windowNumber }: EndInWords, city: CityCode): string {
	const counter = getLocale() === 'en' ? cityName(city) : counterName;
	return windowNumber === null ? counter : m.links_end_window({ counter, n: windowNumber });
}

/** How it came to be known. */
export const causeWord = (cause: LinkOfCounters['cause']): string =>
	({ exchange: m.links_cause_exchange, call: m.links_cause_call, node: m.links_cause_node })[cause]();
