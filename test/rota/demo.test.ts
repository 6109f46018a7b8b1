import { expect, test } from 'vitest';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { rotaView } from '@counter-hub/shared/rota/rota.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { seededCounterId } from '@counter-hub/hub-server/seed/counters.ts';
import { plantRotas } from '@counter-hub/hub-server/seed/demo/plantRotas.ts';
import { plantStaff } from '@counter-hub/hub-server/seed/staff.ts';
import { newHub, TEST_PASSWORD } from '../platform/newHub.ts';
import { SONGJIANG } from '../sessions/newCounters.ts';
import { dutyOn, MONDAY, Planner, TUESDAY } from './newRota.ts';

const NEXT = addDays(MONDAY, 7);

test('S4.2 the demo has both posts of two windows in every city, this week and the next; planting again changes nothing', async () => {
	const hub = await newHub({ now: () => TUESDAY });
	await plantStaff(hub.context.connection, () => TEST_PASSWORD, new Date(TUESDAY));
	const planner = new Planner(await hub.signIn('supervisor', SONGJIANG), NEXT);
	// Somebody has begun with the next week already.
	await planner.plan({ servedDays: [1], slots: [] });
	await plantRotas(hub.context);
	const heads = async () =>
		timeline(hub.context).heads(
			FIRST_CITIES.flatMap(({ code: city }) =>
				[MONDAY, NEXT].map((monday) => `rota:${seededCounterId(city)}~${monday}`),
			),
		);
	const planted = await heads();
	expect([...planted.values()].toSorted()).toEqual([1, ...Array.from({ length: 17 }, () => 2)]);
	await plantRotas(hub.context);
	expect(await heads()).toEqual(planted);
	expect(await planner.read()).toMatchObject({ state: 'draft', servedDays: [1], assigned: [] });

	const { counters } = await dutyOn(planner.client);
	expect(counters.map(({ windows }) => windows.length)).toEqual(Array.from({ length: 9 }, () => 2));
	for (const { cityCode: city, windows } of counters) {
		const places = windows.flatMap((window) => window.places);
		expect(
			places.every(({ person, absent }) => person !== null && absent === null),
			city,
		).toBe(true);
	}
	const far = await hub.signIn('supervisor', '340100');
	const view = rotaView.parse(await far.get(`/counters/${seededCounterId('340100')}/rotas/${NEXT}`));
	expect(view).toMatchObject({ state: 'published', published: { by: null } });
});
