/** One report of a call and direction is kept in each such time, counted from the answer. */
export const CALL_REPORT_MS = 300_000;
/** So long after the end of a call what arrived in it may still be told. */
export const CALL_GRACE_MS = 60_000;
/** A line must be beyond its limits for so long before a call says so. */
export const CALL_SUSTAINED_MS = 10_000;
