import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { DatedMeasurement, LinkDay } from '@counter-hub/shared/links/linkDay.ts';
import { pairOf } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { LinkEndRecord } from './LinkEnd.model.ts';
import { EXCHANGES_OF_A_PAGE, RETRY_MS } from './linkTimes.ts';

/** What is known when it is looked for what can be measured. */
export interface Situation {
	now: number;
	/** Pages that may be measured. */
	ends: readonly LinkEndRecord[];
	/** Exchanges that go on: their counters and slots. */
	running: readonly { counters: string; slots: readonly string[] }[];
	/** Today's, by pair of cities. */
	days: ReadonlyMap<string, LinkDay>;
	/** When somebody last asked to measure a pair anew, in ms. */
	wishes: ReadonlyMap<string, number>;
	/** Cities whose media nodes are all away. */
	cutOff: ReadonlySet<CityCode>;
}

/** The places of a page: in so many exchanges it can be at once. */
export const slotsOf = (pageId: string): string[] =>
	Array.from({ length: EXCHANGES_OF_A_PAGE }, (_, n) => `${pageId}/${n}`);

export interface DueExchange {
	/** In the order of their cities' codes. */
	ends: [LinkEndRecord, LinkEndRecord];
	counters: string;
	slots: string[];
}

/**
 * Which pages are to measure each other now (L3, pure). Every counter is measured with every other city once a day; anew
 * after a failure, ever more seldom, when a node is back, and when somebody asks. Those who are in the fewest exchanges
 * come first.
 */
export function dueExchanges({ now, ends, running, days, wishes, cutOff }: Situation): DueExchange[] {
	const slots = new Set(running.flatMap((one) => one.slots));
	const counters = new Set(running.map((one) => one.counters));
	const freeSlot = ({ _id }: LinkEndRecord) => slotsOf(_id).find((slot) => !slots.has(slot));
	const load = ({ _id }: LinkEndRecord) => slotsOf(_id).filter((slot) => slots.has(slot)).length;
	const owes = (one: LinkEndRecord, other: LinkEndRecord) => {
		const pair = pairOf(one.cityCode, other.cityCode);
		return isOwed(latestOf(days.get(pair), one.counterId), wishes.get(pair) ?? -Infinity, now);
	};
	const candidates = pairsOf(ends.filter(({ cityCode }) => !cutOff.has(cityCode))).filter(
		([one, other]) => owes(one, other) || owes(other, one),
	);
	const due: DueExchange[] = [];
	for (;;) {
		const possible = candidates.filter(
			([one, other]) => freeSlot(one) && freeSlot(other) && !counters.has(keyOf(one, other)),
		);
		const next = possible.toSorted((a, b) => load(a[0]) + load(a[1]) - load(b[0]) - load(b[1]))[0];
		if (!next) return due;
		const taken = next.flatMap((end) => freeSlot(end) ?? []);
		for (const slot of taken) slots.add(slot);
		const key = keyOf(...next);
		counters.add(key);
		due.push({ ends: next, counters: key, slots: taken });
	}
}

interface Latest {
	measured: DatedMeasurement;
	failures: number;
}

/** The newest measurement of a counter with the other city. */
function latestOf(day: LinkDay | undefined, counterId: string): Latest | undefined {
	const all = Object.entries(day?.last ?? {})
		.filter(([key]) => key.split('~').includes(counterId))
		.map(([key, measured]) => ({ measured, failures: day?.failures[key] ?? 0 }));
	return all.toSorted((a, b) => b.measured.at.localeCompare(a.measured.at))[0];
}

function isOwed(latest: Latest | undefined, wishedAt: number, now: number): boolean {
	if (!latest) return true;
	const { measured, failures } = latest;
	const at = Date.parse(measured.at);
	if (wishedAt > at) return true;
	if (failures === 0) return false;
	// It was known without a try, and is over now.
	if (measured.cause === 'node') return true;
	return now - at >= Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** (failures - 1));
}

const keyOf = (one: LinkEndRecord, other: LinkEndRecord) => `${one.counterId}~${other.counterId}`;

/** Every two ends of two cities, in the order of the cities' codes. */
function pairsOf(ends: readonly LinkEndRecord[]): [LinkEndRecord, LinkEndRecord][] {
	const sorted = ends.toSorted((a, b) => a.cityCode.localeCompare(b.cityCode));
	return sorted.flatMap((one, at) =>
		sorted
			.slice(at + 1)
			.filter(({ cityCode }) => cityCode !== one.cityCode)
			.map((other): [LinkEndRecord, LinkEndRecord] => [one, other]),
	);
}
