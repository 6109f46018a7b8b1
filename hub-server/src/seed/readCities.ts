import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CITIES_MAX, type City } from '@counter-hub/shared/cities/cities.ts';
import { registerCityBody } from '@counter-hub/shared/cities/register.ts';

const distinct = (values: readonly string[]) => new Set(values).size === values.length;
const file = z
	.array(registerCityBody.omit({ commandId: true, place: true }))
	.min(1)
	.max(CITIES_MAX)
	.refine((cities) => distinct(cities.map(({ code }) => code)), { error: 'two cities have the same code' })
	.refine((cities) => distinct(cities.map(({ letters }) => letters)), {
		error: 'two cities have the same letters',
	});

/**
 * The cities of a union as its file lists them, in its order.
 * @throws where the file cannot be read, or is no list of `{code,letters,zh,en}` with codes and letters of their own
 */
export async function readCities(path: string): Promise<City[]> {
	const result = file.safeParse(JSON.parse(await readFile(path, 'utf8')));
	if (!result.success) throw new Error(`${path}: ${z.prettifyError(result.error)}`);
	return result.data.map((city, index) => ({ ...city, place: index + 1, version: 1 }));
}
