import { worksOn } from '../cases/policy.ts';

/** Everybody reads guides. In a call, its parties put them before each other. */
export const guidePolicy = { showGuide: worksOn } as const;
