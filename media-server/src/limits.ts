/** Everything here that could otherwise grow or last without end. Times in milliseconds. */
export const LIMITS = {
	/** Rooms on this node at the same time. */
	rooms: 1000,
	/** Peers in one room. */
	peersPerRoom: 64,
	/** Streams that one peer publishes at the same time. */
	streamsPerPeer: 8,
	/** Streams that one peer receives at the same time. */
	consumersPerPeer: 128,
	/** One message of a browser. */
	messageBytes: 128 * 1024,
	/** Requests of one socket, in so many seconds. */
	requests: 300,
	requestWindowS: 3,
	/** Volatile messages of one socket, in so many seconds; more are dropped. */
	says: 90,
	sayWindowS: 1,
	/** Bytes of one frame of a picture. */
	frameBytes: 24 * 1024 * 1024,
	/** Parts of frames from one socket, in so many seconds; each has at most 64 KiB. */
	frameParts: 1000,
	framePartWindowS: 1,
	/** A viewer who has not acknowledged a part by then, or keeps others waiting for so long, gets no more of the frame. */
	framePatienceMs: 4_000,
	frameLagMs: 1_000,
	/** A viewer may ask for a frame so often. */
	frameAskMs: 1_000,
	/** A new socket that has not shown a token by then is closed. */
	handshakeMs: 10_000,
	/** A socket is asked for a sign of life so often, and given up after the same time without one. */
	pingMs: 5_000,
	/** A peer whose page lost its socket is kept for so long. */
	resumeGraceMs: 30_000,
	/** A peer that has not made use of what it was offered by then is removed. */
	halfJoinedMs: 30_000,
	/** A room without peers is closed after so long. */
	emptyRoomMs: 5_000,
	/** A publisher is told to stop a layer only after nobody has wanted it for so long… */
	layerLingerMs: 1_000,
	/** …and to send nothing only after so long: who reloads his page is soon back, and a paused encoder starts slowly. */
	unwatchedLingerMs: 3_000,
	/** Rights and removals of participants who are not there, and closed rooms, are remembered for so long. */
	memoryMs: 30 * 60_000,
	/** …and at most so many of them. */
	memoryEntries: 10_000,
	/** Facts that wait for a hub. */
	queuedFacts: 10_000,
	/** One fact or greeting without an answer is tried again after so long. */
	hubAnswerMs: 2_000,
	/** What another node is asked, or is told to do, it answers within so long. */
	spanAnswerMs: 3_000,
	/** A page whose room stands on a node that cannot be reached is refused after so long. */
	homePatienceMs: 2_000,
	/** A hub that has not said by then that it has a fact for good is passed over. */
	hubPatienceMs: 500,
	/** A fact that hubs refuse, as none of theirs can deal with it, is given up after so many rounds. */
	factRefusals: 5,
	/** Tokens may be so much older than their expiry, for clocks that are not quite together. */
	clockToleranceMs: 5_000,
	/** How long to try for a port that a dying worker still holds. */
	portRetryMs: 5_000,
	/** A worker that cannot be started is tried again after so long. */
	workerRetryMs: 500,
	/** The next spare is started so long after a worker's death, when its rooms have been rebuilt. */
	spareDelayMs: 1_000,
	/** A viewer gets the lowest layer of a camera first and the one he wants after so long. */
	climbMs: 600,
	/** A line that loses packets is measured so often. */
	lineSampleMs: 1_000,
	/** A viewer who has got nothing after so long has the publisher asked for his picture once more. */
	firstPictureMs: 400,
	/** What a viewer's line is taken to carry until it has been measured, in bits per second. */
	firstOutgoingBitrate: 3_000_000,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };
