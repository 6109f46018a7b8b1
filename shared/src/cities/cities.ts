import { z } from 'zod';
import { FIRST_CITIES } from './firstCities.ts';

/**
 * A city's GB/T 2260 code: six digits, the first two a province. Whether it is registered is not asked here, so that
 * what has happened can be read by whoever does not know of the city yet.
 */
export const cityCode = z
	.string()
	.regex(/^[1-8]\d{5}$/, 'must be a GB/T 2260 code of six digits')
	.meta({ id: 'CityCode' });
export type CityCode = z.infer<typeof cityCode>;

/** Cities that there may be: every page shows the links of each with each. */
export const CITIES_MAX = 40;

export const city = z
	.object({
		code: cityCode,
		zh: z.string(),
		en: z.string(),
		/** Two capitals that case numbers begin with; no two cities have the same. */
		letters: z.string(),
		/** Cities are shown by rising place, and those of one place by code. */
		place: z.int(),
		/** Rises with every change of the city's entry. */
		version: z.int(),
	})
	.meta({ id: 'City' });
export type City = Readonly<z.infer<typeof city>>;

/**
 * The register as this process knows it, in its order. A hub reads it before it serves and a page before it shows
 * anything, and both follow its changes; until then it is what every register begins with.
 */
export let CITIES: readonly City[] = FIRST_CITIES;

const listeners = new Set<() => void>();

/** The register has been read, or has changed. */
export function setCities(cities: readonly City[]): void {
	CITIES = cities.toSorted((a, b) => a.place - b.place || a.code.localeCompare(b.code));
	for (const listener of listeners) listener();
}

/** Called after every `setCities`. Returns what ends it. */
export function onCities(listener: () => void): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

export const findCity = (code: CityCode): City | undefined => CITIES.find((one) => one.code === code);

/** The city of a code that is registered. @throws RangeError */
export function cityOf(code: CityCode): City {
	const found = findCity(code);
	if (!found) throw new RangeError(`unknown city code ${code}`);
	return found;
}

/** For what somebody asks or sets now: a city that is registered. */
export const knownCity = cityCode.refine((code) => findCity(code) !== undefined, {
	error: 'is no city of the register',
	params: { error: 'unknownCity' },
	when: ({ issues }) => issues.length === 0,
});
