/** Limits of signing in. Durations in milliseconds unless the name says so. */

/** Repeated failures after which a name is locked, and for how long. */
export const FAILURES_BEFORE_LOCK = 5;
export const LOCK_MS = 15 * 60_000;

/** A sign-in that is not refreshed for this long, or older than the second figure, is over. */
export const SIGN_IN_IDLE_MS = 12 * 3_600_000;
export const SIGN_IN_MAX_MS = 7 * 24 * 3_600_000;

/** Sign-in attempts that fail or are under way: a centre's PCs, or a whole city's, often share one address. */
export const ATTEMPTS_PER_ADDRESS = { points: 120, durationS: 60 } as const;
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

/** No 0/O, 1/l/I: a one-time password is read out and typed. 32 characters, so that no letter is likelier. */
export const oneTimeAlphabet = '23456789abcdefghjkmnpqrstuvwxyzK';
