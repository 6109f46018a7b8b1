import { worksOn } from '../cases/policy.ts';

/** Whoever works on a case notes on it; whoever reads it reads the notes. */
export const notePolicy = { writeNote: worksOn } as const;
