import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { LINK_LIMITS, type LinkLimits } from '@counter-hub/shared/links/linkTerms.ts';
import type { LinkLimitsOfCity } from '@counter-hub/shared/links/matrix.ts';
import type { SettingKind } from '#features/settings/Setting.svelte.ts';
import type { Api } from '#platform/Api.ts';
import { linksApi } from '../linksApi.ts';
import { readLimits, textsOf, type LimitFaults, type LimitTexts } from './limitTexts.ts';

/** By what a city judges the links that arrive there. */
export const limitSetting = (api: Api, city: CityCode): SettingKind<LinkLimits, LimitTexts, LimitFaults> => ({
	defaults: LINK_LIMITS,
	load: async () => decided(await linksApi.limits(api, city)),
	save: async ({ commandId, version, value }) =>
		decided(await linksApi.setLimits(api, city, { commandId, version, limits: value })),
	textsOf,
	read: readLimits,
});

const decided = ({ version, limits }: LinkLimitsOfCity) => ({ version, value: limits });
