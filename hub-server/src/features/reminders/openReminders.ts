import { trusted } from 'mongoose';
import { isChecked, type WindowCheck } from '@counter-hub/shared/checks/checks.ts';
import { CHECK_ITEMS, type CheckItem } from '@counter-hub/shared/checks/items.ts';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { Actor } from '@counter-hub/shared/people/Actor.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CheckReminder } from '@counter-hub/shared/reminders/reminders.ts';
import type { HubContext } from '../../HubContext.ts';
import { checkKey, windowCheckModel } from '../checks/windowChecks.ts';
import { places } from '../counters/Places.ts';
import { remindedModel } from './reminderProjections.ts';

/** What keeps a window's check from being good: items that failed, or that it is not done. Null: it is good. */
export function faultsOf(check: Pick<WindowCheck, 'items'> | undefined): CheckItem[] | null {
	const items = check?.items ?? {};
	const faults = CHECK_ITEMS.filter((item) => items[item]?.verdict === 'fail');
	return faults.length === 0 && isChecked(items) ? null : faults;
}

/** Windows that somebody was reminded of today and whose check is not good yet, as far as they concern who asks (L5). */
export async function openReminders(hub: HubContext, actor: Actor): Promise<{ reminders: CheckReminder[] }> {
	const date = shanghaiDate(hub.now());
	const [reminded, counters] = await Promise.all([
		remindedModel(hub.connection).find({ date }).lean(),
		places(hub).all(),
	]);
	const keys = reminded.map(({ windowId }) => checkKey(windowId, date));
	const checks = await windowCheckModel(hub.connection)
		.find({ _id: trusted({ $in: keys }) })
		.lean();
	const reminders = reminded.flatMap(({ windowId, counterId, cityCode, opensAt, told }): CheckReminder[] => {
		const stage = told.supervisor === undefined ? 'clerk' : 'supervisor';
		const since = told[stage];
		const counter = counters.find(({ id }) => id === counterId);
		const faults = faultsOf(checks.find(({ _id }) => _id === checkKey(windowId, date)));
		if (since === undefined || !counter || faults === null) return [];
		if (!may.readReminder(actor, { counterId, cityCode, stage })) return [];
		return [
			{
				windowId,
				windowNumber: counter.windows.find(({ id }) => id === windowId)?.number ?? 0,
				counterId,
				counterName: counter.name,
				cityCode,
				opensAt,
				stage,
				since,
				faults,
			},
		];
	});
	return { reminders: reminders.sort((a, b) => a.since.localeCompare(b.since)) };
}
