import type { CheckMinimumOfCity } from '@counter-hub/shared/checks/checks.ts';
import { CHECK_MINIMUM, type CheckMinimum } from '@counter-hub/shared/checks/items.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { SettingKind } from '#features/settings/Setting.svelte.ts';
import type { Api } from '#platform/Api.ts';
import { checksApi } from '../checksApi.ts';
import { readMinimum, textsOf, type MinimumFaults, type MinimumTexts } from './minimumTexts.ts';

/** What a city asks of its devices. */
export const minimumSetting = (
	api: Api,
	city: CityCode,
): SettingKind<CheckMinimum, MinimumTexts, MinimumFaults> => ({
	defaults: CHECK_MINIMUM,
	load: async () => decided(await checksApi.minimum(api, city)),
	save: async ({ commandId, version, value }) =>
		decided(await checksApi.setMinimum(api, city, { commandId, version, minimum: value })),
	textsOf,
	read: readMinimum,
});

const decided = ({ version, minimum }: CheckMinimumOfCity) => ({ version, value: minimum });
