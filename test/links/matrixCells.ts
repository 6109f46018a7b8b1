import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { failed, judge } from '@counter-hub/shared/links/judge.ts';
import { LINK_LIMITS } from '@counter-hub/shared/links/linkTerms.ts';
import type { LinkOfCounters, MatrixCell } from '@counter-hub/shared/links/matrix.ts';
import type { ReceivedLink } from '@counter-hub/shared/links/measured.ts';

/** One direction between two counters of which this arrived; null: nothing was told. */
export function linkOf(measured: ReceivedLink | null, change: Partial<LinkOfCounters> = {}): LinkOfCounters {
	const judgement = measured ? judge(measured, LINK_LIMITS) : failed('unreported');
	const end = (counterName: string, windowNumber: number | null) => ({
		counterId: counterName,
		counterName,
		windowNumber,
		staffId: '',
		displayName: '陈静',
	});
	return {
		from: end('合肥专窗', 1),
		to: end('松江专窗', null),
		at: '2026-11-23T00:43:50.000Z',
		cause: 'exchange',
		sourceId: '',
		measured,
		path: ['hefei', 'songjiang'],
		...judgement,
		...change,
	};
}

export const HEFEI: CityCode = '340100';
export const SONGJIANG: CityCode = '310117';

/** From 合肥 to 松江, as these counters have it. */
export function cellOf(counters: LinkOfCounters[], change: Partial<MatrixCell> = {}): MatrixCell {
	const verdict = (['fail', 'warn', 'pass'] as const).find((one) =>
		counters.some((link) => link.verdict === one),
	);
	return {
		from: HEFEI,
		to: SONGJIANG,
		state: verdict ?? 'waiting',
		verdict: verdict ?? null,
		before: null,
		counters,
		...change,
	};
}
