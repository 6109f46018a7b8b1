import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Scanning } from '@counter-hub/shared/files/scanning.ts';
import type { HubContext } from '../../HubContext.ts';
import { blobs } from '../blobs/blobs.ts';
import { staffNames } from '../people/StaffNames.ts';
import { timeline } from '../timeline/timeline.ts';
import type { Projection } from '../timeline/types.ts';

/** The decision in force in a city; null where files are refused while the scanner is away, as they are at first. */
interface ScanDecision {
	waiver: { reason: string; at: Date; staffId: string } | null;
}

/** What administrators have decided, by city: the fold of the timelines `city:<code>`. */
export const scanDecisions: Projection<ScanDecision> = {
	name: 'scan_decisions',
	subjectKind: 'city',
	by: 'subject',
	apply(state, { type, data, at, actor }) {
		if (type === 'scan.required') return { waiver: null };
		if (type !== 'scan.waived' || actor.kind !== 'staff') return state;
		return { waiver: { reason: data.reason, at, staffId: actor.staffId } };
	},
};

export const subjectOfCity = (city: CityCode): string => `city:${city}`;

/** Whether files of people of these cities are taken while the scanner does not answer. */
export async function isScanWaived(hub: HubContext, cities: readonly CityCode[]): Promise<boolean> {
	const { projections } = timeline(hub);
	const found = await Promise.all(cities.map((city) => projections.read(scanDecisions, city)));
	return found.length > 0 && found.every(({ state }) => state !== undefined && state.waiver !== null);
}

/** How files are looked at now, for everybody to see. */
export async function showScanning(hub: HubContext): Promise<Scanning> {
	const { projections } = timeline(hub);
	const found = await Promise.all(
		CITIES.map(async ({ code }) => {
			const { state } = await projections.read(scanDecisions, code);
			return state?.waiver ? [{ cityCode: code, ...state.waiver }] : [];
		}),
	);
	const waivers = found.flat();
	const names = await staffNames(hub).of(waivers.map(({ staffId }) => staffId));
	return {
		hasScanner: blobs(hub).scan !== undefined,
		waivers: waivers.map(({ staffId, at, ...waiver }) => ({
			...waiver,
			at: at.toISOString(),
			by: names.get(staffId) ?? null,
		})),
	};
}
