import { dayFigures, figuresQuery } from '@counter-hub/shared/figures/figures.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { timeline } from '../timeline/timeline.ts';
import { countSession } from './countSession.ts';
import { FIGURES_JOB, readFigures } from './readFigures.ts';
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
		hub.api.route({
			method: 'get',
			path: '/figures',
			operationId: 'readFigures',
			summary:
				'Sessions of a day per counter of the supervisor’s cities: count, answered, missed, median answer time',
			tag: 'Figures',
			guard: signedIn(hub),
			query: figuresQuery,
			response: dayFigures,
			errors: ['notAllowed'],
			handler: ({ actor, query }) => readFigures(hub, actor, query.day),
		});
	},
};
