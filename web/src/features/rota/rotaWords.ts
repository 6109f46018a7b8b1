import type { RotaState } from '@counter-hub/shared/rota/rota.ts';
import type { DutyPost, Slot } from '@counter-hub/shared/rota/slots.ts';
import { addDays } from '@counter-hub/shared/calendar/localDate.ts';
import { type Half } from '@counter-hub/shared/rota/week.ts';
import { m } from '#paraglide/messages.js';

const DAYS = [
	m.rota_day_1,
	m.rota_day_2,
	m.rota_day_3,
	m.rota_day_4,
	m.rota_day_5,
	m.rota_day_6,
	m.rota_day_7,
];
/** `周二`; 1 is Monday. */
export const dayName = (day: number): string => DAYS[day - 1]?.() ?? '';
export const halfName = (half: Half): string => (half === 'am' ? m.rota_half_am() : m.rota_half_pm());
export const postName = (post: DutyPost): string => (post === 'a' ? m.rota_post_a() : m.rota_post_b());

/** `11-23`, of a day of the week that begins with a Monday. */
export const dateOfDay = (monday: string, day: number): string => addDays(monday, day - 1).slice(5);
/** `11-23 至 11-29` */
export const weekSpan = (monday: string): string =>
	m.rota_span({ from: dateOfDay(monday, 1), to: dateOfDay(monday, 7) });

/** `周二上午` */
const timeWords = ({ day, half }: Pick<Slot, 'day' | 'half'>): string =>
	m.rota_time({ day: dayName(day), half: halfName(half) });

/** `2号窗口 周二上午 B岗` */
export function slotWords(
	slot: Pick<Slot, 'windowId' | 'day' | 'half' | 'post'>,
	windows: readonly { id: string; number: number }[],
): string {
	const window = windows.find(({ id }) => id === slot.windowId)?.number ?? '?';
	return m.rota_slot({ window, time: timeWords(slot), post: postName(slot.post) });
}

const STATES: Record<RotaState, () => string> = {
	none: m.rota_state_none,
	draft: m.rota_state_draft,
	published: m.rota_state_published,
};
export const stateName = (state: RotaState): string => STATES[state]();
