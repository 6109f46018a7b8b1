import type { Problem } from '@counter-hub/shared/errors/problem.ts';

/** Whether what refused us passes by itself (docs/protocol.md, H-7); without an answer the status is 0. */
export const isPassing = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;
