import { trusted } from 'mongoose';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { CITIES, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import { diagnose } from '@counter-hub/shared/links/diagnose.ts';
import { standingWays, type LinkDay, type StandingWay } from '@counter-hub/shared/links/linkDay.ts';
import { pairOf, type LinkEnd, type LinkWay } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { Verdict } from '@counter-hub/shared/links/linkTerms.ts';
import type {
	CellState,
	EndInWords,
	LinkMatrix,
	LinkOfCounters,
	MatrixCell,
} from '@counter-hub/shared/links/matrix.ts';
import type { HubContext } from '../../HubContext.ts';
import { places } from '../counters/Places.ts';
import { staffNames } from '../people/StaffNames.ts';
import { nodesOfCities } from './cityNodes.ts';
import { dueCities } from './dueCities.ts';
import { exchangeModel } from './Exchange.model.ts';
import { linkDayModel } from './linkDays.ts';
import { STALE_MS } from './linkTimes.ts';
import { readyEnds } from './readyEnds.ts';

/** So far back is looked for the day before on which anything was measured: over the longest holidays. */
const BEFORE_DAYS = 14;
const DAY_MS = 86_400_000;

/** Cities × cities on one day, today's live (L4). */
export async function readMatrix(hub: HubContext, asked?: string): Promise<LinkMatrix> {
	const now = hub.now();
	const today = shanghaiDate(now);
	const date = asked ?? today;
	const [days, before, ends, nodes, due, running] = await Promise.all([
		daysOf(hub, date),
		dayBefore(hub, date),
		date === today ? readyEnds(hub) : [],
		nodesOfCities(hub),
		dueCities(hub, date),
		date === today ? exchangeModel(hub.connection).find({ state: 'running' }, { ends: 1 }).lean() : [],
	]);
	const inWords = await wordsOf(hub, [...days.values()]);
	const underway = new Set(running.map(({ ends: [one, other] }) => pairOf(one.cityCode, other.cityCode)));
	const cities = CITIES.map(({ code }) => ({
		cityCode: code,
		due: due.has(code),
		ready: ends.filter(({ cityCode }) => cityCode === code).length,
		nodes: { known: nodes.get(code)?.known ?? 0, there: nodes.get(code)?.there ?? 0 },
	}));
	/** Whoever is there is measured, on a day off too. */
	const isExpected = (city: CityCode) => due.has(city) || ends.some(({ cityCode }) => cityCode === city);
	const cells = CITIES.flatMap(({ code: from }) =>
		CITIES.filter(({ code }) => code !== from).map(({ code: to }): MatrixCell => {
			const pair = pairOf(from, to);
			const way = from < to ? 'forth' : 'back';
			const counters = standingWays(days.get(pair), way).map((one) => presentWay(one, way, inWords));
			const verdict = worst(counters.map((one) => one.verdict));
			const isOld = date === today && counters.every(({ at }) => now - Date.parse(at) > STALE_MS);
			const isMissed = [from, to].every((city) => isExpected(city));
			const unmeasured: CellState = isMissed ? 'waiting' : 'notDue';
			const state = underway.has(pair)
				? 'running'
				: verdict === null
					? unmeasured
					: isOld
						? 'stale'
						: verdict;
			return { from, to, state, verdict, before: verdictOf(before.get(pair), way), counters };
		}),
	);
	const diagnoses = diagnose(cells, date === today ? cities : []);
	return { date, at: new Date(now).toISOString(), cities, cells, diagnoses };
}

async function daysOf(hub: HubContext, date: string): Promise<Map<string, LinkDay>> {
	const days = await linkDayModel(hub.connection).find({ date }).lean();
	return new Map(days.map((day) => [day.pair, day]));
}

async function dayBefore(hub: HubContext, date: string): Promise<Map<string, LinkDay>> {
	const since = new Date(Date.parse(date) - BEFORE_DAYS * DAY_MS).toISOString().slice(0, 10);
	const last = await linkDayModel(hub.connection)
		.findOne({ date: trusted({ $lt: date, $gte: since }) }, { date: 1 })
		.sort({ date: -1 })
		.lean();
	return last ? daysOf(hub, last.date) : new Map<string, LinkDay>();
}

function presentWay(
	{ at, cause, sourceId, ends: [one, other], result }: StandingWay,
	way: LinkWay,
	inWords: (end: LinkEnd) => EndInWords,
): LinkOfCounters {
	const [sender, receiver] = way === 'forth' ? [one, other] : [other, one];
	return {
		from: inWords(sender),
		to: inWords(receiver),
		at,
		cause,
		sourceId,
		path: [sender.nodeId, receiver.nodeId],
		...result,
	};
}

const verdictOf = (day: LinkDay | undefined, way: LinkWay): Verdict | null =>
	worst(standingWays(day, way).map(({ result }) => result.verdict));

export function worst(verdicts: readonly Verdict[]): Verdict | null {
	return (['fail', 'warn', 'pass'] as const).find((verdict) => verdicts.includes(verdict)) ?? null;
}

/** Counters, windows and people of the measurements, by name. */
async function wordsOf(hub: HubContext, days: readonly LinkDay[]): Promise<(end: LinkEnd) => EndInWords> {
	const ways = days.flatMap((day) => [...standingWays(day, 'forth'), ...standingWays(day, 'back')]);
	const ends = ways.flatMap((one) => one.ends);
	const [counters, names] = await Promise.all([
		places(hub).all(),
		staffNames(hub).of(ends.map(({ staffId }) => staffId)),
	]);
	const byId = new Map(counters.map((counter) => [counter.id, counter]));
	return ({ counterId, windowId, staffId }) => {
		const counter = byId.get(counterId);
		return {
			counterId,
			counterName: counter?.name ?? '',
			windowNumber: counter?.windows.find(({ id }) => id === windowId)?.number ?? null,
			staffId,
			displayName: names.get(staffId) ?? '',
		};
	};
}
