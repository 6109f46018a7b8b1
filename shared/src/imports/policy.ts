import { peoplePolicy } from '../people/policy.ts';

/** Administrators import people; whom, each line is judged by. */
export const importPolicy = { importStaff: peoplePolicy.manageAny } as const;
