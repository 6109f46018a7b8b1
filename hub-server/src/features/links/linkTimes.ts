/** How long is measured once pictures come, in seconds. */
export const MEASURE_SECONDS = 4;
/** Until both ends must have told what they received. */
export const EXCHANGE_MS = 30_000;
/** How many exchanges a page is in at once: with nine cities the matrix is full in half the rounds. */
export const EXCHANGES_OF_A_PAGE = 2;
/** Begun by one hub at one look. */
export const BEGUN_AT_ONCE = 20;
/** How often is looked for what can be measured, and for what is to be settled. */
export const LOOK_MS = 500;
/** A page renews its word that it may be measured; so long it holds. */
export const READY_MS = 30_000;
/** After a failure it is measured again by itself, ever more seldom. */
export const RETRY_MS = { first: 30_000, most: 600_000 } as const;
/** A result so old says little of now. */
export const STALE_MS = 6 * 3_600_000;
/** A node that is not seen for so long no longer counts as one of its city. */
export const NODE_KNOWN_MS = 24 * 3_600_000;
