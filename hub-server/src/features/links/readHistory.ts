import { trusted } from 'mongoose';
import type { z } from 'zod';
import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { pairOf } from '@counter-hub/shared/links/linkMeasurement.ts';
import type { historyQuery, LinkHistory } from '@counter-hub/shared/links/matrix.ts';
import type { HubContext } from '../../HubContext.ts';
import { linkDayModel } from './linkDays.ts';
import { worst } from './readMatrix.ts';

const DAY_MS = 86_400_000;

/** One direction between two cities, day by day (L4). @throws AppError `ownCity` */
export async function readHistory(
	hub: HubContext,
	{ from, to, days }: z.output<typeof historyQuery>,
): Promise<LinkHistory> {
	if (from === to) throw new AppError('ownCity');
	const until = shanghaiDate(hub.now());
	const since = shanghaiDate(hub.now() - (days - 1) * DAY_MS);
	const documents = await linkDayModel(hub.connection)
		.find({ pair: pairOf(from, to), date: trusted({ $gte: since, $lte: until }) }, { date: 1, course: 1 })
		.sort({ date: 1 })
		.lean();
	const way = from < to ? 'forth' : 'back';
	return {
		from,
		to,
		until,
		days: documents.flatMap(({ date, course }) => {
			const steps = course.flatMap((step) => step[way] ?? []);
			const last = steps.at(-1);
			if (!last) return [];
			return [
				{
					date,
					verdict: last.verdict,
					worst: worst(steps.map(({ verdict }) => verdict)) ?? last.verdict,
					roundTripMs: median(steps.flatMap(({ roundTripMs }) => roundTripMs ?? [])),
					lossPercent: median(steps.flatMap(({ lossPercent }) => lossPercent ?? [])),
					measurements: steps.length,
				},
			];
		}),
	};
}

function median(values: readonly number[]): number | null {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
