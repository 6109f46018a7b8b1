import { trusted } from 'mongoose';
import { CITIES } from '@counter-hub/shared/cities/cities.ts';
import type { CounterFigures, DayFigures } from '@counter-hub/shared/figures/figures.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { HubContext } from '../../HubContext.ts';
import { jobs } from '../../jobs.ts';
import { assertMay, type Principal } from '../auth/Principal.ts';
import { places } from '../counters/Places.ts';
import { reviewFigureModel, type ReviewFigure } from './ReviewFigure.model.ts';
import { sessionFigureModel, type SessionFigure } from './SessionFigure.model.ts';

export const FIGURES_JOB = 'figures';

/** The figures of a day for the counters of a supervisor's cities; those without a session stand there with noughts. */
export async function readFigures(hub: HubContext, { actor }: Principal, day: string): Promise<DayFigures> {
	assertMay(may.seeFigures(actor));
	const counters = (await places(hub).all()).filter(({ cityCode }) => actor.cities.includes(cityCode));
	const ofCounters = { day, counterId: trusted({ $in: counters.map(({ id }) => id) }) };
	const [found, reviews, [job]] = await Promise.all([
		sessionFigureModel(hub.connection).find(ofCounters).lean(),
		reviewFigureModel(hub.connection).find(ofCounters).lean(),
		jobs(hub).list(FIGURES_JOB),
	]);
	const reviewsByCounter = Map.groupBy(reviews, ({ counterId }) => counterId);
	const byCounter = Map.groupBy(found, ({ counterId }) => counterId);
	const order = ({ cityCode }: CounterFigures) => CITIES.findIndex(({ code }) => code === cityCode);
	return {
		day,
		reached: job?.reached?.toISOString() ?? null,
		counters: counters
			.map(({ id, name, cityCode }) => ({
				counterId: id,
				counterName: name,
				cityCode,
				...figuresOf(byCounter.get(id) ?? []),
				...reviewFiguresOf(reviewsByCounter.get(id) ?? []),
			}))
			.sort((a, b) => order(a) - order(b) || a.counterName.localeCompare(b.counterName)),
	};
}

/** Sessions of one counter and day in four numbers. */
export function figuresOf(
	sessions: readonly Pick<SessionFigure, 'requestedAt' | 'answeredAt' | 'isMissed'>[],
): Pick<CounterFigures, 'sessions' | 'answered' | 'missed' | 'medianAnswerSeconds'> {
	const waits = sessions.flatMap(({ requestedAt, answeredAt }) =>
		requestedAt && answeredAt ? [(answeredAt.getTime() - requestedAt.getTime()) / 1000] : [],
	);
	return {
		sessions: sessions.length,
		answered: waits.length,
		missed: sessions.filter(({ isMissed }) => isMissed).length,
		medianAnswerSeconds: medianOf(waits),
	};
}

/** Rounds of review that ended at one counter on one day, in three numbers. */
export function reviewFiguresOf(
	rounds: readonly Pick<ReviewFigure, 'round' | 'isPassed'>[],
): Pick<CounterFigures, 'firstReviews' | 'firstPasses' | 'roundsToPass'> {
	const first = rounds.filter(({ round }) => round === 1);
	const passed = rounds.filter(({ isPassed }) => isPassed);
	const sum = passed.reduce((all, { round }) => all + round, 0);
	return {
		firstReviews: first.length,
		firstPasses: first.filter(({ isPassed }) => isPassed).length,
		roundsToPass: passed.length === 0 ? null : sum / passed.length,
	};
}

function medianOf(values: readonly number[]): number | null {
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
