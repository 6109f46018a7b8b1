import { z } from 'zod';

/** A job: what is done once for all hubs, from the stream of events. */
const jobView = z
	.object({
		name: z.string(),
		/** The hub that does it; null: none at the moment. */
		holder: z.string().nullable(),
		/** Up to when it has dealt with what happened; null before its first event. */
		reached: z.iso.datetime().nullable(),
		/** How far behind that is, in ms. */
		lagMs: z.int().min(0).nullable(),
		/** It reads what was there before it, or what it missed. */
		isReading: z.boolean(),
		parked: z.int(),
	})
	.meta({ id: 'Job' });
export type JobView = z.infer<typeof jobView>;

/** An event that a job could not handle. */
const parkedView = z
	.object({
		id: z.string(),
		job: z.string(),
		subject: z.string(),
		seq: z.int(),
		/** What the last attempt failed with. */
		error: z.string(),
		attempts: z.int(),
		parkedAt: z.iso.datetime(),
		/** It was asked to be tried again, and is not yet. */
		isWanted: z.boolean(),
	})
	.meta({ id: 'ParkedEvent' });
export type ParkedView = z.infer<typeof parkedView>;

/** All jobs by name, and the newest hundred parked events. */
export const jobsView = z
	.object({ jobs: z.array(jobView), parked: z.array(parkedView) })
	.meta({ id: 'Jobs' });
export type JobsView = z.infer<typeof jobsView>;

export const parkedId = z.string().regex(/^[0-9a-f]{32}$/);
