import { peoplePolicy } from '../people/policy.ts';

/** Everybody reads the calendar. It is the State Council's and the same everywhere: any administrator brings in a year. */
export const calendarPolicy = { importYear: peoplePolicy.manageAny } as const;
