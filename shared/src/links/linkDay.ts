import type { LinkMeasurement } from './linkMeasurement.ts';

/** A measurement with its time. */
export interface DatedMeasurement extends LinkMeasurement {
	/** ISO, UTC. */
	at: string;
}

/** What was measured between two cities on one day: the last by each pair of counters, and how the day went. */
export interface LinkDay {
	version: number;
	date: string;
	/** As in the subject. */
	pair: string;
	/** By `<counterId>~<counterId>`, in the order of the ends. */
	last: Record<string, DatedMeasurement>;
	/** Failures since the last measurement that was none, by the same key: it is tried again ever more seldom. */
	failures: Record<string, number>;
	/** Of all counters, in order; the newest. */
	course: { at: string; forth: Step; back: Step }[];
}
interface Step {
	verdict: LinkMeasurement['forth']['verdict'];
	roundTripMs: number | null;
	lossPercent: number | null;
}

/** A day has few: what is tried again after a failure comes ever more seldom. */
const COURSE = 60;

const countersKey = ([one, other]: LinkMeasurement['ends']): string => `${one.counterId}~${other.counterId}`;

/** Pure. */
export function applyMeasurement(
	day: LinkDay | undefined,
	pair: string,
	version: number,
	measured: DatedMeasurement,
): LinkDay {
	const { at, date, forth, back, ends } = measured;
	const key = countersKey(ends);
	const isFailure = forth.verdict === 'fail' || back.verdict === 'fail';
	return {
		version,
		date,
		pair,
		last: { ...day?.last, [key]: measured },
		failures: { ...day?.failures, [key]: isFailure ? (day?.failures[key] ?? 0) + 1 : 0 },
		course: [...(day?.course ?? []), { at, forth: stepOf(forth), back: stepOf(back) }].slice(-COURSE),
	};
}

const stepOf = ({ verdict, measured }: LinkMeasurement['forth']): Step => ({
	verdict,
	roundTripMs: measured?.roundTripMs ?? null,
	lossPercent: measured?.lossPercent ?? null,
});
