import type { Feature } from './HubContext.ts';

/** The features of the hub, in the order of registration: one line each. */
export const features: readonly Feature[] = [];
