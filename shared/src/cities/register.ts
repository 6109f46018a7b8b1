import { z } from 'zod';
import { freeText } from '../codes/freeText.ts';
import { commandId } from '../ids/ids.ts';
import { CITIES_MAX, city, cityCode } from './cities.ts';

/** Limits of the register of cities. */
export const CITY_LIMITS = {
	cities: CITIES_MAX,
	/** Characters of a name. */
	nameLength: 30,
	place: 999,
} as const;

const place = z.int().min(1).max(CITY_LIMITS.place);
const names = { zh: freeText(1, CITY_LIMITS.nameLength), en: freeText(1, CITY_LIMITS.nameLength) };

/** All cities in their order. */
export const cityList = z.object({ cities: z.array(city) }).meta({ id: 'Cities' });

/** Code and letters stay as they are for good: places, people and case numbers name the city by them. */
export const registerCityBody = z.strictObject({
	commandId,
	code: cityCode,
	letters: z
		.string()
		.trim()
		.toUpperCase()
		.regex(/^[A-Z]{2}$/, 'must be two letters'),
	...names,
	place,
});
export type RegisterCityBody = z.infer<typeof registerCityBody>;

/** `version` is the one last read. */
export const changeCityBody = z.strictObject({ commandId, version: z.int().min(1), ...names, place });
export type ChangeCityBody = z.infer<typeof changeCityBody>;
