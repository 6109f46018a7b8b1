import { peoplePolicy } from '../people/policy.ts';

/** Everybody reads when counters serve; the administrators of its city set it. */
export const hoursPolicy = { setHours: peoplePolicy.manage } as const;
