import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { seededCounterId, seededWindowId } from '@counter-hub/hub-server/seed/counters.ts';
import { timeline } from '@counter-hub/hub-server/features/timeline/timeline.ts';
import { checkReminders } from '@counter-hub/shared/reminders/reminders.ts';
import type { TestClient } from '../platform/TestClient.ts';
import { newHub } from '../platform/newHub.ts';
import { checkedWindow } from '../checks/checkedWindow.ts';
import { HANGZHOU, next, SONGJIANG } from '../sessions/newCounters.ts';
import { publishWeek } from '../shifts/newShifts.ts';

/** A working day far ahead, which the calendar does not reach. */
const at = (time: string) => Date.parse(`2093-11-24T${time}:00+08:00`);
const SLOW = { timeout: 60_000 };

const open = async (client: TestClient) =>
	checkReminders.parse(await client.get('/checks/reminders')).reminders;

async function newMorning() {
	let now = at('08:28');
	const options = { now: () => now };
	const hub = await newHub(options);
	const clerk = await hub.signIn('clerk', SONGJIANG);
	const { id: staffId } = (await clerk.me()).staff;
	// One window serves; hours are set for the day, whatever the calendar knows of it.
	await publishWeek(hub, SONGJIANG, { a: staffId, b: staffId });
	const administrator = await hub.signIn('administrator', SONGJIANG);
	await administrator.put(`/counters/${seededCounterId(SONGJIANG)}/hours/exceptions/2093-11-24`, {
		commandId: randomUUID(),
		version: 0,
		exception: { spans: [{ from: '09:00', to: '12:00' }], reason: '测试' },
	});
	return { hub, options, clerk, administrator, set: (time: string) => (now = at(time)) };
}

test('L5 before opening the clerk is reminded, then the supervisor; each once, by whichever hub; a good check ends it', async () => {
	const { hub, options, clerk, administrator, set } = await newMorning();
	// A page's sign-in is as long as the hub's clock says: it is to last over all of this.
	await administrator.put(`/cities/${SONGJIANG}/reminder-rules`, {
		commandId: randomUUID(),
		version: 0,
		rules: { clerkMinutes: 30, supervisorMinutes: 26 },
	});
	const other = await newHub({ ...options, sharing: hub });
	const supervisor = await hub.signIn('supervisor', SONGJIANG);
	const foreign = await hub.signIn('supervisor', HANGZHOU);
	const page = await clerk.socket({ url: other.url });
	const told = next(page, 'check:reminded');
	set('08:29');
	expect(await open(clerk)).toEqual([]);
	set('08:31');
	expect(await told).toEqual({ counterId: seededCounterId(SONGJIANG), stage: 'clerk' });
	const windowId = seededWindowId(SONGJIANG, 1);
	expect(await open(clerk)).toMatchObject([{ windowId, windowNumber: 1, stage: 'clerk', faults: [] }]);
	// It is not the supervisor's turn yet.
	expect(await open(supervisor)).toEqual([]);
	set('08:35');
	await expect.poll(() => open(supervisor), SLOW).toMatchObject([{ windowId, stage: 'supervisor' }]);
	expect(await open(foreign)).toEqual([]);
	// Both hubs look every few seconds, and it stands once for each.
	await new Promise((resolve) => setTimeout(resolve, 13_000));
	const { events } = await timeline(hub.context).page(`check:${windowId}~2093-11-24`, { limit: 50 });
	const stages = events.flatMap(({ type, data }) => (type === 'check.reminded' ? data.stage : []));
	expect(stages).toEqual(['clerk', 'supervisor']);

	await checkedWindow(clerk);
	expect(await open(supervisor)).toEqual([]);
	// What fails later is missed again.
	const found = { item: 'camera', picture: null };
	await clerk.post('/checks/items', { commandId: randomUUID(), windowId, found });
	expect(await open(supervisor)).toMatchObject([{ windowId, faults: ['camera'] }]);
	page.close();
}, 240_000);

test('L5 a city says how long before; two administrators do not overwrite each other, and nonsense is refused', async () => {
	const { clerk, administrator, set } = await newMorning();
	const path = `/cities/${SONGJIANG}/reminder-rules`;
	expect(await administrator.get(path)).toEqual({
		version: 0,
		rules: { clerkMinutes: 30, supervisorMinutes: 15 },
	});
	const rules = { clerkMinutes: 50, supervisorMinutes: 10 };
	const body = { commandId: randomUUID(), version: 0, rules };
	expect(await administrator.put(path, body)).toEqual({ version: 1, rules });
	const stale = { ...body, commandId: randomUUID(), rules: { ...rules, clerkMinutes: 60 } };
	expect((await administrator.refused('PUT', path, stale)).code).toBe('ORG-3004');
	expect((await clerk.refused('PUT', path, { ...stale, version: 1 })).status).toBe(403);
	for (const wrong of [
		{ clerkMinutes: 5, supervisorMinutes: 10 },
		{ clerkMinutes: 0, supervisorMinutes: 0 },
		{ clerkMinutes: 1e9, supervisorMinutes: 1 },
		{ clerkMinutes: 'x', supervisorMinutes: 1 },
	])
		expect((await administrator.refused('PUT', path, { ...stale, version: 1, rules: wrong })).status).toBe(
			422,
		);
	set('08:11');
	await expect.poll(() => open(clerk), SLOW).toMatchObject([{ stage: 'clerk' }]);
	// Whoever slept through it reminds nobody more when the service is over.
	set('12:00');
	await clerk.refresh();
	const later = await open(clerk);
	expect(later.map(({ stage }) => stage)).toEqual(['clerk']);
}, 120_000);
