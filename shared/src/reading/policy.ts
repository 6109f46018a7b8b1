import { worksOn } from '../cases/policy.ts';

/** Whoever works on a case decides what a reading says; whoever reads it sees that. */
export const readingPolicy = { decideReading: worksOn } as const;
