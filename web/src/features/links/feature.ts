import ArrowLeftRight from '@lucide/svelte/icons/arrow-left-right';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { linkEvents } from '@counter-hub/shared/links/events.ts';
import type { LinkResult } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { Feature } from '#Feature.ts';
import type { DescribeEvents } from '#features/timeline/eventWords.ts';
import { m } from '#paraglide/messages.js';
import { cityName } from '#platform/format.ts';
import { verdictWord } from './cellWords.ts';
import { findingShort } from './findingWords.ts';
import { limitName } from './limits/limitName.ts';
import { LIMIT_KEYS } from './limits/limitTexts.ts';
import LimitsPane from './limits/LimitsPane.svelte';
import MeasuringChip from './MeasuringChip.svelte';
import { setUpLinks } from './setUpLinks.svelte.ts';

const events: DescribeEvents<keyof typeof linkEvents> = {
	'link.measured': ({ ends: [one, other], forth, back }) => ({
		icon: ArrowLeftRight,
		title: m.links_event_measured({ one: cityName(one.cityCode), other: cityName(other.cityCode) }),
		detail: [wayLine(one.cityCode, other.cityCode, forth), wayLine(other.cityCode, one.cityCode, back)].join(
			'\n',
		),
		...([forth, back].some(({ verdict }) => verdict === 'fail') && { tone: 'bad' }),
	}),
	'link.heard': ({ ends: [one, other], way, result }) => {
		const [from, to] = way === 'forth' ? [one, other] : [other, one];
		return {
			icon: ArrowLeftRight,
			title: m.links_event_heard({ from: cityName(from.cityCode), to: cityName(to.cityCode) }),
			detail: wayLine(from.cityCode, to.cityCode, result),
			...(result.verdict === 'fail' && { tone: 'bad' }),
		};
	},
	'city.linkLimits': (limits) => ({
		icon: SlidersHorizontal,
		title: m.links_event_limits(),
		detail: LIMIT_KEYS.map((key) => m.links_event_limit({ name: limitName(key), ...limits[key] })).join('\n'),
	}),
};

function wayLine(from: CityCode, to: CityCode, { verdict, findings, measured }: LinkResult): string {
	const what = [verdictWord(verdict), ...findings.map(({ kind }) => findingShort(kind, measured))];
	return m.links_event_way({ from: cityName(from), to: cityName(to), what: what.join(m.links_comma()) });
}

/** Links between cities: measured by the windows themselves, shown in the matrix, kept day by day (L3, L4). */
export const links: Feature = {
	name: 'links',
	signedIn: setUpLinks,
	pages: [
		{
			href: '/matrix',
			roles: ['clerk', 'approver', 'supervisor', 'administrator'],
			label: m.links_nav,
		},
	],
	barItem: MeasuringChip,
	adminPanes: [{ id: 'links', label: m.links_limits_tab, component: LimitsPane }],
	events,
};
