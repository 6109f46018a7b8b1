import { expect, test } from 'vitest';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { FIRST_CITIES } from '@counter-hub/shared/cities/firstCities.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { attendanceList } from '@counter-hub/shared/shifts/attendance.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { verifyTimelines } from '@counter-hub/hub-server/features/timeline/verifyTimelines.ts';
import { plantRotas } from '@counter-hub/hub-server/seed/demo/plantRotas.ts';
import { plantShifts } from '@counter-hub/hub-server/seed/demo/plantShifts.ts';
import { plantStaff } from '@counter-hub/hub-server/seed/staff.ts';
import { newHub, TEST_PASSWORD } from '../platform/newHub.ts';

/** A Wednesday morning before the counters open. */
const NOW = Date.parse('2026-11-25T07:40:00+08:00');
const [MONDAY, TUESDAY] = ['2026-11-23', '2026-11-24'];

test('S7.1a the demo’s last two days are attended, with what supervisors look for; planting again changes nothing', async () => {
	const hub = await newHub({ now: () => NOW });
	const { context } = hub;
	await plantStaff(context.connection, () => TEST_PASSWORD, new Date(NOW));
	await plantRotas(context);
	await plantShifts(context);
	// Tokens go by the real clock.
	const present = await newHub({ sharing: hub });
	const supervisor = await present.signIn('supervisor', '310117', {
		cities: FIRST_CITIES.map(({ code }) => code),
	});
	const read = async (from: string, to = from) =>
		attendanceList.parse(await supervisor.get(`/attendance?from=${from}&to=${to}`)).rows;
	const rows = await read(MONDAY, TUESDAY);
	expect(rows).toHaveLength(9 * 4 * 2);
	const seen = Object.groupBy(
		rows.flatMap(({ halves }) => halves),
		({ state }) => state,
	);
	const count = (state: keyof typeof seen) => seen[state]?.length ?? 0;
	expect(count('present')).toBeGreaterThan(120);
	expect([count('late'), count('early'), count('absent')]).toEqual([2, 1, 4]);
	expect(rows.flatMap(({ explanations }) => explanations.map(({ by }) => by)).toSorted()).toEqual(
		['徐立', '许文'].toSorted(),
	);
	const shifts = rows.flatMap(({ shifts: own }) => own);
	expect(shifts.filter(({ lapsed }) => lapsed)).toHaveLength(1);
	expect(shifts.filter(({ handover }) => handover?.state === 'done')).toHaveLength(1);
	expect(shifts.filter(({ reason }) => reason !== null)).toHaveLength(1);
	expect(shifts.every(({ closedAt }) => closedAt !== null)).toBe(true);
	expect((await read(addDays(shanghaiDate(NOW), 0))).flatMap(({ shifts: own }) => own)).toEqual([]);

	const events = () => timeline(context).heads(shifts.map(({ staffId }) => `shift:${staffId}`));
	const before = await events();
	await plantShifts(context);
	expect(await events()).toEqual(before);
	expect((await verifyTimelines(context.connection)).faults).toEqual([]);
});
