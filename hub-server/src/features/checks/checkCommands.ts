import type { z } from 'zod';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import type { checkItemBody, OwnCheck, WindowCheck } from '@counter-hub/shared/checks/checks.ts';
import { judgeItem } from '@counter-hub/shared/checks/items.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { HubContext } from '../../HubContext.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { timeline } from '../timeline/timeline.ts';
import { readCheckMinimum } from './checkMinimum.ts';
import { checkKey, windowCheckModel, windowChecks } from './windowChecks.ts';

/** Puts on record what was found of one item at a window, today (L1, L2, S5.2b). @throws AppError `unknownWindow` */
export async function checkItem(
	hub: HubContext,
	{ actor }: Principal,
	{ commandId, windowId, found }: z.output<typeof checkItemBody>,
): Promise<WindowCheck> {
	const { id: counterId, cityCode } = await counterOf(hub, actor.counterId, windowId);
	assertMay(may.checkWindow(actor, counterId));
	const date = shanghaiDate(hub.now());
	const key = checkKey(windowId, date);
	const verdict = judgeItem(found, await readCheckMinimum(hub, cityCode));
	const { staffId, role } = actor;
	const { events } = await timeline(hub).append({
		subject: `check:${key}`,
		commandId,
		content: { found, by: staffId },
		decide: () => [
			{
				type: 'check.item',
				data: { windowId, counterId, cityCode, date, found, verdict },
				actor: { kind: 'staff', staffId, role, cityCode, counterId, windowId, duty: null },
			},
		],
	});
	await timeline(hub).projected(events);
	const check = await timeline(hub).state(windowChecks, key);
	if (!check) throw new AppError('notFound');
	return check;
}

/** Today's check of a window of the own counter. @throws AppError `unknownWindow` */
export async function readOwnCheck(
	hub: HubContext,
	{ actor }: Principal,
	windowId: string,
): Promise<OwnCheck> {
	const { id, cityCode } = await counterOf(hub, actor.counterId, windowId);
	assertMay(may.checkWindow(actor, id));
	const date = shanghaiDate(hub.now());
	const check = await timeline(hub).state(windowChecks, checkKey(windowId, date));
	return { date, check: check ?? null, minimum: await readCheckMinimum(hub, cityCode) };
}

/** The checks of a day; today's where none is named. There are as many as windows. */
export async function readChecks(hub: HubContext, asked?: string) {
	const date = asked ?? shanghaiDate(hub.now());
	const checks = await windowCheckModel(hub.connection).find({ date }).sort({ startedAt: 1 }).lean();
	return { date, checks };
}

async function counterOf(hub: HubContext, counterId: string | null, windowId: string): Promise<CounterView> {
	const counter = counterId === null ? undefined : await places(hub).counter(counterId);
	if (!counter?.windows.some(({ id }) => id === windowId)) throw new AppError('unknownWindow');
	return counter;
}
