import { dayFigures, figuresQuery } from '@counter-hub/shared/figures/figures.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { timeline } from '../timeline/timeline.ts';
import { countReview } from './countReview.ts';
import { countSession } from './countSession.ts';
import { FIGURES_JOB, readFigures } from './readFigures.ts';
import { reviewFigureModel } from './ReviewFigure.model.ts';
import { sessionFigureModel } from './SessionFigure.model.ts';

/** Daily figures of sessions per counter, made by a job from the events. */
export const figures: Feature = {
	name: 'figures',
	register(hub) {
		sessionFigureModel(hub.connection);
		timeline(hub).job({
			name: FIGURES_JOB,
			kind: 'case',
			types: ['session.requested', 'session.answered', 'session.missed'],
			handle: (event) => countSession(hub, event),
		});
		reviewFigureModel(hub.connection);
		timeline(hub).job({
			name: 'reviewFigures',
			kind: 'case',
			types: ['review.ended'],
			handle: (event) => countReview(hub, event),
		});
		hub.api.route({
			method: 'get',
			path: '/figures',
			operationId: 'readFigures',
			summary:
				'Sessions and reviews of a day per counter of the supervisor’s cities: count, answered, missed, median answer time; first reviews, passed at once, rounds until the pass',
			tag: 'Figures',
			guard: signedIn(hub),
			query: figuresQuery,
			response: dayFigures,
			errors: ['notAllowed'],
			handler: ({ actor, query }) => readFigures(hub, actor, query.day),
		});
	},
};
