import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { jobsView, parkedId, type JobsView } from '@counter-hub/shared/jobs/jobs.ts';
import { may } from '@counter-hub/shared/people/permissions.ts';
import type { Feature, HubContext } from '../../HubContext.ts';
import { jobs as jobsOf } from '../../jobs.ts';
import { signedIn } from '../auth/guards.ts';
import { assertMay } from '../auth/Principal.ts';

const tag = 'Jobs';

/** What an operator sees of the jobs of all features: who does them, how far they are, what they have put aside. */
export const jobs: Feature = {
	name: 'jobs',
	register(hub) {
		const guard = signedIn(hub);
		hub.api.route({
			method: 'get',
			path: '/jobs',
			operationId: 'listJobs',
			summary: 'The jobs, the hubs that do them, how far they are, and the newest hundred parked events',
			tag,
			guard,
			response: jobsView,
			errors: ['notAllowed'],
			handler: ({ actor }) => {
				assertMay(may.seeJobs(actor.actor));
				return viewOf(hub);
			},
		});
		hub.api.route({
			method: 'post',
			path: '/jobs/parked/{parkedId}/retry',
			operationId: 'retryParkedEvent',
			summary: 'Has a parked event tried once more; it is parked again if it fails',
			tag,
			guard,
			params: z.strictObject({ parkedId }),
			errors: ['notAllowed', 'notFound'],
			handler: async ({ actor, params }) => {
				assertMay(may.seeJobs(actor.actor));
				if (!(await jobsOf(hub).retry(params.parkedId))) throw new AppError('notFound');
				hub.logger.info(
					{ staffId: actor.actor.staffId, parkedId: params.parkedId },
					'a parked event is tried again on request',
				);
			},
		});
	},
};

async function viewOf(hub: HubContext): Promise<JobsView> {
	const [listed, parked] = await Promise.all([jobsOf(hub).list(), jobsOf(hub).parked()]);
	return {
		jobs: listed.map((job) => ({ ...job, reached: job.reached?.toISOString() ?? null })),
		parked: parked.map(({ _id: id, job, place, error, attempts, parkedAt, retryAt }) => ({
			id,
			job,
			...place,
			error,
			attempts,
			parkedAt: parkedAt.toISOString(),
			isWanted: retryAt !== null,
		})),
	};
}
