import type { CheckReminder } from '@counter-hub/shared/reminders/reminders.ts';
import { itemName } from '#features/checks/words.ts';
import { hourMinute } from '#platform/format.ts';
import { m } from '#paraglide/messages.js';
import type { OpenReminders } from './OpenReminders.svelte.ts';

/** `松江专窗 1号窗口 · 09:00 开始服务` */
export const whereWords = ({ counterName, windowNumber, opensAt }: CheckReminder): string =>
	m.reminders_where({ counter: counterName, n: windowNumber, at: hourMinute(opensAt) });

/** What is the matter: not done, or which items failed. */
export const faultWords = ({ faults }: CheckReminder): string =>
	faults.length === 0
		? m.reminders_undone()
		: m.reminders_failed({ items: faults.map((item) => itemName(item)).join(m.common_listComma()) });

/** All of it in one line. */
export function chipWord({ list, isServing }: Pick<OpenReminders, 'list' | 'isServing'>): string {
	const [first] = list;
	return isServing && first
		? m.reminders_chip_own({ what: faultWords(first) })
		: m.reminders_chip({ n: list.length });
}
