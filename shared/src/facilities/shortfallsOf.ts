import {
	deviceKind,
	FACILITY_LIMITS,
	type Shortfall,
	type Site,
	type WindowFacilities,
} from './facilities.ts';

interface Facilities {
	readonly site: Site | null;
	readonly windows: readonly {
		readonly number: number;
		/** Windows that are closed serve nobody, and are not asked for anything. */
		readonly open: boolean;
		readonly record: WindowFacilities | null;
	}[];
}

/**
 * In what a counter falls short (S5.1, S5.2a): at least one window, the unified sign, 10 m² of working space for each
 * window and the devices that the standard names. What nobody has recorded is named too, and is no fault as yet.
 */
export function shortfallsOf({ site, windows }: Facilities): Shortfall[] {
	const serving = windows.filter(({ open }) => open);
	return [
		...(serving.length === 0 ? [of('noWindow')] : []),
		...(site === null ? [of('siteUnknown')] : site.sign.shown ? [] : [of('signMissing')]),
		...serving.flatMap(({ number, record }) => ofWindow(number, record)),
	];
}

function ofWindow(windowNumber: number, record: WindowFacilities | null): Shortfall[] {
	if (record === null) return [of('windowUnknown', { windowNumber })];
	const { area, devices } = record;
	return [
		...(area === null ? [of('areaUnknown', { windowNumber })] : []),
		...(area !== null && area < FACILITY_LIMITS.leastArea ? [of('areaSmall', { windowNumber, area })] : []),
		...deviceKind.options.flatMap((device) => {
			const state = devices[device]?.state;
			if (state === 'inUse') return [];
			const kind =
				state === undefined ? 'deviceUnknown' : state === 'missing' ? 'deviceMissing' : 'deviceBroken';
			return [of(kind, { windowNumber, device })];
		}),
	];
}

const of = (kind: Shortfall['kind'], more: Partial<Shortfall> = {}): Shortfall => ({
	kind,
	windowNumber: null,
	device: null,
	area: null,
	...more,
});

const UNKNOWN: readonly Shortfall['kind'][] = [
	'siteUnknown',
	'windowUnknown',
	'areaUnknown',
	'deviceUnknown',
];

/** Whether the standard is not met, and not merely something not recorded. */
export const isFault = ({ kind }: Pick<Shortfall, 'kind'>): boolean => !UNKNOWN.includes(kind);
