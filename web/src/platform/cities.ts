import { CITIES, onCities, type City, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { createSubscriber } from 'svelte/reactivity';
import { getLocale } from '#paraglide/runtime.js';

const follow = createSubscriber(onCities);

/** The register in its order; components that read it follow its changes. */
export function allCities(): readonly City[] {
	follow();
	return CITIES;
}

/** In the page's language. A city that this page has not heard of yet goes by its code. */
export function cityName(code: CityCode): string {
	const city = allCities().find((one) => one.code === code);
	return city?.[getLocale() === 'en' ? 'en' : 'zh'] ?? code;
}
