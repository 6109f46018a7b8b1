import { trusted } from 'mongoose';
import type { HubContext } from '../../HubContext.ts';
import { checkKey, windowCheckModel, windowChecks } from '../checks/windowChecks.ts';
import { timeline } from '../timeline/timeline.ts';
import { dueWindows, type DueWindow } from './dueWindows.ts';
import { faultsOf } from './openReminders.ts';
import { remindedModel, remindersProjection } from './reminderProjections.ts';

const SWEEP_MS = 10_000;

/**
 * A check that is not done or failed, so many minutes before opening, is put on record and told: to the clerk first, then
 * to the supervisor (L5). Any hub does it, each once, decided against the check at that moment.
 */
export function remindOfChecks(hub: HubContext): void {
	hub.sweeper.every(SWEEP_MS, 'checks before opening', async () => {
		const due = await dueWindows(hub);
		if (due.length === 0) return;
		const keys = trusted({ $in: due.map(({ windowId, date }) => checkKey(windowId, date)) });
		const [checks, reminded] = await Promise.all([
			windowCheckModel(hub.connection).find({ _id: keys }).lean(),
			remindedModel(hub.connection).find({ _id: keys }).lean(),
		]);
		for (const one of due) {
			const key = checkKey(one.windowId, one.date);
			const isGood = faultsOf(checks.find(({ _id }) => _id === key)) === null;
			const isTold = reminded.find(({ _id }) => _id === key)?.told[one.stage] !== undefined;
			if (isGood || isTold) continue;
			try {
				await remind(hub, one);
			} catch (error) {
				hub.logger.warn({ err: error, windowId: one.windowId }, 'nobody was reminded; it is tried again');
			}
		}
	});
}

async function remind(
	hub: HubContext,
	{ windowId, counter: { id: counterId, cityCode }, date, opensAt, stage }: DueWindow,
): Promise<void> {
	const key = checkKey(windowId, date);
	const { events } = await timeline(hub).append({
		subject: `check:${key}`,
		commandId: `remind:${stage}`,
		reads: [windowChecks, remindersProjection],
		decide: (view) => {
			const isTold = view.state(remindersProjection)?.told[stage] !== undefined;
			if (isTold || faultsOf(view.state(windowChecks)) === null) return [];
			const data = { windowId, counterId, cityCode, date, opensAt, stage };
			return [{ type: 'check.reminded', data, actor: { kind: 'system', by: 'deadline' } }];
		},
	});
	await timeline(hub).projected(events);
}
