import { expect, test } from 'vitest';
import { rotaView, type SlotChange } from '@counter-hub/shared/rota/rota.ts';
import { slotKey } from '@counter-hub/shared/rota/slots.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { weekAt } from '@counter-hub/shared/rota/week.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { eventually } from '../platform/eventually.ts';
import { newProcesses } from '../platform/processes.ts';
import { SONGJIANG } from '../sessions/newCounters.ts';
import { COUNTER, Planner, WINDOW } from './newRota.ts';
import { pairIn } from './weeks.ts';

/** Steps of one planner on a week that another plans too, as a page does them. */
async function planAll(planner: Planner, slots: readonly SlotChange[], done: () => void): Promise<void> {
	for (const slot of slots) {
		let isDone = false;
		while (!isDone) {
			await eventually(() => planner.read());
			const body = planner.bodyOf({ slots: [slot] });
			// The same command again until its outcome is known; 409 is one: somebody else was faster.
			const { status } = await eventually(async () => {
				const answer = await planner.client.send('POST', `${planner.path}/plan`, body);
				if (answer.status >= 500) throw new Error('nobody knows yet');
				return answer;
			});
			expect([200, 409]).toContain(status);
			isDone = status === 200;
		}
		done();
	}
}

test('S4.2 T-10 a hub is killed while two people plan: each step that was acknowledged stands once', async () => {
	const processes = await newProcesses({ media: false });
	const monday = addDays(weekAt(Date.now()), 14);
	const planners = await Promise.all(
		(['supervisor', 'administrator'] as const).map(
			async (role) => new Planner(await processes.signIn(role, SONGJIANG), monday),
		),
	);
	const [a, b] = await Promise.all(
		['陈静', '顾彤'].map(async (displayName) => {
			const { id } = await processes.registry.addStaff({ role: 'clerk', city: SONGJIANG, displayName });
			return id;
		}),
	);
	const wanted = pairIn(WINDOW, a ?? '', b ?? '');
	let acknowledged = 0;
	const work = planners.map((planner, who) =>
		planAll(
			planner,
			wanted.filter((_, index) => index % 2 === who),
			() => (acknowledged += 1),
		),
	);
	const killing = (async () => {
		for (const at of [4, 11]) {
			await expect.poll(() => acknowledged, { timeout: 60_000 }).toBeGreaterThan(at);
			await processes.restartHub();
		}
	})();
	await Promise.all([...work, killing]);

	const [planner] = planners;
	const { assigned, version } = rotaView.parse(await planner?.client.get(planner.path));
	const inOrder = (slots: readonly SlotChange[]) =>
		slots.toSorted((one, other) => slotKey(one).localeCompare(slotKey(other)));
	expect(inOrder(assigned)).toEqual(inOrder(wanted));
	expect(version).toBe(wanted.length);
	const { events } = await timeline(processes.registry.context).page(`rota:${COUNTER}~${monday}`, {
		limit: 200,
	});
	expect(events).toHaveLength(wanted.length);
}, 180_000);
