/** Limits that both ends must agree on. Times are in milliseconds. */
export const LIMITS = {
	/** Both sides gone for this long: the session is abandoned (V3). */
	abandonMs: 600_000,
	/**
	 * A room whose media node has been away for so long is given another one: a node that was only started anew is back
	 * within a few seconds, also on a busy machine, and who waits for a picture hangs up after not many more.
	 */
	homeAwayMs: 8_000,
	/** The same where a page of the room has lost the node too: nobody's picture is taken away by a move. */
	homeMissedMs: 300,
	/** Page size of lists unless asked otherwise, and the most one may ask for. */
	pageSize: 50,
	pageMax: 200,
	/** How often hubs announce the heads of watched timelines, so that a lost last event is found. */
	headsMs: 10_000,
	/** Subjects one socket may watch at once. */
	watchedSubjects: 20,
	/** How long unmasked personal data stay on the screen. */
	unmaskedMs: 30_000,
	accessTokenMs: 600_000,
	/** Presence is renewed this often and expires after the second figure. */
	presenceRenewMs: 10_000,
	presenceLeaseMs: 30_000,
	/**
	 * A page's pauses before it tries to reach the hub again: the first, the longest, and the share left to chance.
	 * About as long as a hub takes to start, so that most of thousands of pages find it at their first attempt.
	 */
	hubReconnect: { firstMs: 1_000, mostMs: 1_000, jitter: 0.5 },
	noteLength: 500,
	commandTimeoutMs: 8_000,
} as const;
