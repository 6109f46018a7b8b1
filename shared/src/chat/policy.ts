import { worksOn } from '../cases/policy.ts';

/** Of those who work on a case, whoever takes part in its call; whoever reads the case reads what was said. */
export const chatPolicy = { chat: worksOn } as const;
