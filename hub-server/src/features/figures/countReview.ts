import { shanghaiDate } from '@counter-hub/shared/calendar/shanghaiDate.ts';
import { reviewEvents } from '@counter-hub/shared/reviews/events.ts';
import type { HubContext } from '../../HubContext.ts';
import { idOf, type TimelineEvent } from '../timeline/types.ts';
import { reviewFigureModel } from './ReviewFigure.model.ts';

/** The job: notes how a round of a review ended. A round that ends twice, in two calls, counts as it ended last. */
export async function countReview(
	hub: HubContext,
	{ subject, at, actor, data }: TimelineEvent,
): Promise<void> {
	if (actor.kind !== 'staff' || actor.counterId === null) return;
	const { round, conclusion } = reviewEvents['review.ended'].parse(data);
	if (conclusion !== 'pass' && conclusion !== 'correction') return;
	const figure = {
		counterId: actor.counterId,
		day: shanghaiDate(at.getTime()),
		round,
		isPassed: conclusion === 'pass',
	};
	await reviewFigureModel(hub.connection).updateOne(
		{ _id: `${idOf(subject)}:${round}` },
		{ $set: figure },
		{ upsert: true },
	);
}
