/** Limits of signing in. Durations in milliseconds unless the name says so. */

/** Wrong passwords that cost no waiting: of one device or known address, or of all strangers to a name together. */
export const FREE_FAILURES = 5;
/** The same for the names that are tried from one address where they are not known. */
export const FREE_FAILURES_PER_ADDRESS = 50;
/** Failures are forgotten after this, unless they made somebody wait. */
export const FAILURE_WINDOW_S = 15 * 60;
/** The first waiting time, which doubles with each round, and the longest. */
export const WAIT_S = { first: 60, most: 3_600 } as const;
export const ROUNDS_REMEMBERED_S = 24 * 3_600;
/** How long an address, and a device, stays known to a name after a sign-in. */
export const KNOWN_PLACE_MS = 90 * 24 * 3_600_000;
export const DEVICE_COOKIE_MS = 180 * 24 * 3_600_000;
/** How long administrators see failures after the last one. */
export const FAILURES_KEPT_MS = 24 * 3_600_000;

/** A sign-in that is not refreshed for this long, or older than the second figure, is over. */
export const SIGN_IN_IDLE_MS = 12 * 3_600_000;
export const SIGN_IN_MAX_MS = 7 * 24 * 3_600_000;

/** Sign-in attempts that fail or are under way: a centre's PCs, or a whole city's, often share one address. */
export const ATTEMPTS_PER_ADDRESS = { points: 120, durationS: 60 } as const;
/** Of one name from one place, right or wrong. */
export const ATTEMPTS_PER_NAME = { points: 30, durationS: 60 } as const;
/** Of one sign-in; of one address where the token is none of ours. */
export const REFRESHES = { points: 120, durationS: 60 } as const;

/** Passwords that may be in the key derivation at once; each takes memory and a thread. */
export const PASSWORD_CHECKS_MAX = 256;

/** How often a hub looks for revocations and changed posts that another hub made. */
export const REVOCATION_SWEEP_MS = 2_000;
/** A change is looked for again during this time: clocks of hubs differ, and writes take a moment. */
export const REVOCATION_OVERLAP_MS = 60_000;
/** A socket whose access token expired unrenewed is cut after this. */
export const SOCKET_EXPIRY_GRACE_MS = 15_000;
