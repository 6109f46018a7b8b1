import { CHECK_ITEMS } from '@counter-hub/shared/checks/items.ts';
import { isChecked } from '@counter-hub/shared/checks/checks.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { CheckResult } from '@counter-hub/shared/shifts/shiftTerms.ts';
import type { HubContext } from '../../HubContext.ts';
import { checkKey, windowChecks } from '../checks/windowChecks.ts';
import { failingLines } from '../links/failingLines.ts';
import { timeline } from '../timeline/timeline.ts';

/** What the check of a window came to on a day: its devices, and the lines of its city to the others (L6). */
export async function checkResultOf(
	hub: HubContext,
	{ windowId, cityCode, date }: { windowId: string; cityCode: CityCode; date: string },
): Promise<CheckResult> {
	const [check, lines] = await Promise.all([
		timeline(hub).state(windowChecks, checkKey(windowId, date)),
		failingLines(hub, cityCode, date),
	]);
	const items = check?.items ?? {};
	return {
		checked: isChecked(items),
		faults: CHECK_ITEMS.filter((item) => items[item]?.verdict === 'fail'),
		lines,
	};
}
