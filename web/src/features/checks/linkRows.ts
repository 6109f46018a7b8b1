import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { LinkMatrix, LinkOfCounters } from '@counter-hub/shared/links/matrix.ts';

/** The links of the own counter with one other city: what was sent, and what came. */
export interface LinkRow {
	city: CityCode;
	state: 'pass' | 'warn' | 'fail' | 'running' | 'waiting' | 'notDue';
	/** The window of the other city, and who sat there. */
	who: string;
	forth: LinkOfCounters | undefined;
	back: LinkOfCounters | undefined;
	/** ISO; null while nothing was measured. */
	at: string | null;
}

/** Pure. The newest measurement of the own counter counts, whichever of its windows made it. */
export function rowOf(
	matrix: LinkMatrix | null,
	own: CityCode | null,
	counterId: string | null,
	city: CityCode,
): LinkRow {
	const cell = (from: CityCode | null, to: CityCode | null) =>
		matrix?.cells.find((one) => one.from === from && one.to === to);
	const newest = (links: readonly LinkOfCounters[] | undefined, side: 'from' | 'to') =>
		links
			?.filter((link) => link[side].counterId === counterId)
			.toSorted((a, b) => b.at.localeCompare(a.at))[0];
	const there = cell(own, city);
	const forth = newest(there?.counters, 'from');
	const back = newest(cell(city, own)?.counters, 'to');
	const worst = (['fail', 'warn', 'pass'] as const).find(
		(verdict) => forth?.verdict === verdict || back?.verdict === verdict,
	);
	const other = forth?.to ?? back?.from;
	return {
		city,
		state:
			there?.state === 'running' ? 'running' : (worst ?? (there?.state === 'notDue' ? 'notDue' : 'waiting')),
		who: other
			? [other.windowNumber === null ? '' : `${other.windowNumber}号窗口`, other.displayName]
					.filter((part) => part !== '')
					.join(' ')
			: '',
		forth,
		back,
		at: forth?.at ?? back?.at ?? null,
	};
}
