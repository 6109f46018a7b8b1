import { z } from 'zod';
import { fitnessOfStaff, fitnessPage, fitnessQuery } from '@counter-hub/shared/fitness/fitness.ts';
import { staffId } from '@counter-hub/shared/ids/ids.ts';
import type { Feature } from '../../HubContext.ts';
import { signedIn } from '../auth/guards.ts';
import { listFitness } from './listFitness.ts';
import { readFitness } from './readFitness.ts';
import { tellFitness } from './tellFitness.ts';

const tag = 'Fitness';

/** Who may open a shift 上岗条件, by training, exams and the undertaking together (S4.3). */
export const fitness: Feature = {
	name: 'fitness',
	register(hub) {
		const guard = signedIn(hub);
		hub.api.route({
			method: 'get',
			path: '/fitness',
			operationId: 'listFitness',
			summary: 'Clerks and approvers of one’s cities with what they lack for a shift and what runs out soon',
			tag,
			guard,
			query: fitnessQuery,
			response: fitnessPage,
			errors: ['notAllowed'],
			handler: ({ actor, query }) => listFitness(hub, actor, query),
		});
		hub.api.route({
			method: 'get',
			path: '/staff/{staffId}/fitness',
			operationId: 'readFitness',
			summary: 'What a person lacks for a shift today, and what runs out soon',
			tag,
			guard,
			params: z.strictObject({ staffId }),
			response: fitnessOfStaff,
			errors: ['notAllowed', 'notFound'],
			handler: ({ actor, params }) => readFitness(hub, actor, params.staffId),
		});
		tellFitness(hub);
	},
};
