import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { FindingKind } from '@counter-hub/shared/links/linkTerms.ts';
import type { ReceivedLink } from '@counter-hub/shared/links/measured.ts';
import { m } from '#paraglide/messages.js';
import { cityName } from '#platform/format.ts';

interface Values {
	from: string;
	to: string;
	n: string;
}
const SHORT: Record<`links_short_${FindingKind}`, (values: Values) => string> = m;
const WHAT: Record<`links_what_${FindingKind}`, (values: Values) => string> = m;
const DO: Record<`links_do_${FindingKind}`, (values: Values) => string> = m;

/** In a cell: `丢包 2.4%`. */
export const findingShort = (kind: FindingKind, measured: ReceivedLink | null): string =>
	SHORT[`links_short_${kind}`]({ from: '', to: '', n: figureOf(kind, measured) });

/** In the details: what was found of the way from one city to another, and what to do about it. */
export function findingLong(
	kind: FindingKind,
	{ from, to, measured }: { from: CityCode; to: CityCode; measured: ReceivedLink | null },
): { what: string; remedy: string } {
	const values = { from: cityName(from), to: cityName(to), n: figureOf(kind, measured) };
	return { what: WHAT[`links_what_${kind}`](values), remedy: DO[`links_do_${kind}`](values) };
}

/** The figure that a finding is about, as it is shown; empty where it has none. */
function figureOf(kind: FindingKind, measured: ReceivedLink | null): string {
	switch (measured && kind) {
		case 'frames':
			return fpsText(measured?.picture?.framesPerSecond ?? 0);
		case 'loss':
			return percentText(measured?.lossPercent ?? 0);
		case 'roundTrip':
			return msText(measured?.roundTripMs ?? 0);
		case 'jitter':
			return msText(measured?.jitterMs ?? 0);
		case 'firstPicture':
			return secondsText(measured?.picture?.firstMs ?? 0);
		default:
			return '';
	}
}

/** One decimal where it says something: `2.4`, `12`. */
export const percentText = (percent: number): string => percent.toFixed(percent > 0 && percent < 10 ? 1 : 0);
export const msText = (ms: number): string => Math.round(ms).toString();
export const fpsText = (fps: number): string => fps.toFixed(fps < 10 && fps % 1 !== 0 ? 1 : 0);
export const secondsText = (ms: number): string => (ms / 1000).toFixed(1);
