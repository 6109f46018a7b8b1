import type { CallMeasurement, LinkMeasurement, LinkResult, LinkWay } from './linkMeasurement.ts';
import type { Verdict } from './linkTerms.ts';

/** A measurement with its time. */
export interface DatedMeasurement extends LinkMeasurement {
	/** ISO, UTC. */
	at: string;
}
interface DatedCall extends CallMeasurement {
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
	/** By the same key, what calls told last of each direction. */
	calls: Record<string, Partial<Record<LinkWay, DatedCall>>>;
	/** Failures since the last measurement that was none, by the same key: it is tried again ever more seldom. */
	failures: Record<string, number>;
	/** Of all counters, in order; the newest. Null: that way was not measured then. */
	course: { at: string; forth: Step | null; back: Step | null }[];
}
interface Step {
	verdict: Verdict;
	roundTripMs: number | null;
	lossPercent: number | null;
}

/** A day has few: what is tried again after a failure comes ever more seldom. */
const COURSE = 60;

const countersKey = ([one, other]: LinkMeasurement['ends']): string => `${one.counterId}~${other.counterId}`;

const emptyDay = (pair: string, date: string): LinkDay => ({
	version: 0,
	date,
	pair,
	last: {},
	calls: {},
	failures: {},
	course: [],
});

/** Pure. */
export function applyMeasurement(
	day: LinkDay | undefined,
	pair: string,
	version: number,
	measured: DatedMeasurement,
): LinkDay {
	const { at, date, forth, back, ends } = measured;
	const before = day ?? emptyDay(pair, date);
	const key = countersKey(ends);
	const isFailure = forth.verdict === 'fail' || back.verdict === 'fail';
	return {
		...before,
		version,
		last: { ...before.last, [key]: measured },
		failures: { ...before.failures, [key]: isFailure ? (before.failures[key] ?? 0) + 1 : 0 },
		course: [...before.course, { at, forth: stepOf(forth), back: stepOf(back) }].slice(-COURSE),
	};
}

/** A call that fails makes the pair due again; that it is well again only an exchange can tell. Pure. */
export function applyCall(
	day: LinkDay | undefined,
	pair: string,
	version: number,
	called: DatedCall,
): LinkDay {
	const { at, date, way, ends, result } = called;
	const before = day ?? emptyDay(pair, date);
	const key = countersKey(ends);
	const failures = before.failures[key] ?? 0;
	const step = { at, forth: null, back: null, [way]: stepOf(result) };
	return {
		...before,
		version,
		calls: { ...before.calls, [key]: { ...before.calls[key], [way]: called } },
		failures: { ...before.failures, [key]: result.verdict === 'fail' ? Math.max(1, failures) : failures },
		course: [...before.course, step].slice(-COURSE),
	};
}

const stepOf = ({ verdict, measured }: LinkResult): Step => ({
	verdict,
	roundTripMs: measured?.roundTripMs ?? null,
	lossPercent: measured?.lossPercent ?? null,
});

/** One direction between two counters as it stands, and how that is known. */
export interface StandingWay {
	at: string;
	cause: 'exchange' | 'node' | 'call';
	/** The exchange, or the session of the call. */
	sourceId: string;
	ends: LinkMeasurement['ends'];
	result: LinkResult;
}

const BADNESS: Record<Verdict, number> = { pass: 0, warn: 1, fail: 2 };

/**
 * What stands of one direction, for each pair of counters (pure): the exchange, or a later call that found it no better. A
 * call sees less than an exchange, so it takes no fault back.
 */
export function standingWays(day: LinkDay | undefined, way: LinkWay): StandingWay[] {
	const keys = new Set([...Object.keys(day?.last ?? {}), ...Object.keys(day?.calls ?? {})]);
	return [...keys].flatMap((key) => {
		const exchange = exchangeWay(day?.last[key], way);
		const call = callWay(day?.calls[key]?.[way]);
		if (!exchange || !call) return exchange ?? call ?? [];
		const isBetter = BADNESS[call.result.verdict] < BADNESS[exchange.result.verdict];
		return call.at < exchange.at || isBetter ? exchange : call;
	});
}

const exchangeWay = (one: DatedMeasurement | undefined, way: LinkWay): StandingWay | undefined =>
	one && { at: one.at, cause: one.cause, sourceId: one.exchangeId, ends: one.ends, result: one[way] };

const callWay = (one: DatedCall | undefined): StandingWay | undefined =>
	one && { at: one.at, cause: 'call', sourceId: one.sessionId, ends: one.ends, result: one.result };
