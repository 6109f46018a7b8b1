import type { Actor } from '../people/Actor.ts';

/** Jobs serve all cities; any administrator sees them and has parked events tried again. They show no case's content. */
export const jobsPolicy = {
	seeJobs: (actor: Actor) => actor.role === 'administrator',
} as const;
