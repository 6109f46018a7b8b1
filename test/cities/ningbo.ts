import { randomUUID } from 'node:crypto';
import { CITIES, city, type City } from '@counter-hub/shared/cities/cities.ts';
import { cityList } from '@counter-hub/shared/cities/register.ts';
import { problem, type Problem } from '@counter-hub/shared/errors/problem.ts';
import type { NewStaff, TestHub } from '../platform/newHub.ts';
import type { TestClient } from '../platform/TestClient.ts';

/** A city beyond the first nine. */
export const NINGBO = '330200';

export const cityBody = (more: object = {}) => ({
	commandId: randomUUID(),
	code: NINGBO,
	letters: 'NB',
	zh: '宁波',
	en: 'Ningbo',
	place: 10,
	...more,
});
export const changeBody = ({ version, zh, en, place }: City, more: object = {}) => ({
	commandId: randomUUID(),
	version,
	zh,
	en,
	place,
	...more,
});

/** Of a person who looks after all cities that there are. */
export const everywhere = (): Pick<NewStaff, 'cities'> => ({ cities: CITIES.map(({ code }) => code) });
export const keeperOf = (hub: Pick<TestHub, 'signIn'>, more: Partial<NewStaff> = everywhere()) =>
	hub.signIn('administrator', '310117', more);

export const register = async (keeper: TestClient, more: object = {}): Promise<City> =>
	city.parse(await keeper.post('/cities', cityBody(more)));
/** The register as a client that is not signed in reads it. */
export const read = async (client: TestClient): Promise<City[]> =>
	cityList.parse(await client.get('/cities')).cities;
export const codesOf = async (client: TestClient): Promise<string[]> =>
	(await read(client)).map(({ code }) => code);

/** What several requests sent at one instant come to: the statuses, and the problem of each refused one. */
export async function atOnce(
	...requests: readonly Promise<{ status: number; body: unknown }>[]
): Promise<{ statuses: number[]; refused: Problem[] }> {
	const answers = await Promise.all(requests);
	return {
		statuses: answers.map(({ status }) => status).sort((a, b) => a - b),
		refused: answers.filter(({ status }) => status >= 400).map(({ body }) => problem.parse(body)),
	};
}
