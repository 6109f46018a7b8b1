/** Every limit and timeout of the hub's platform and timeline, by name. Durations in ms unless the name says so. */

// HTTP
export const JSON_BODY_MAX_BYTES = 256 * 1024;
/** Of one person; of one address, where nobody is known. */
export const HTTP_REQUESTS = { points: 3000, durationS: 60 } as const;
export const HTTP_REQUEST_TIMEOUT = 30_000;
export const HTTP_HEADERS_TIMEOUT = 10_000;

// Sockets
export const SOCKET_MESSAGE_MAX_BYTES = 256 * 1024;
export const SOCKET_REQUESTS = { points: 300, durationS: 10 } as const;
export const SOCKET_PING_INTERVAL = 10_000;
export const SOCKET_PING_TIMEOUT = 8_000;
export const SOCKET_CONNECT_TIMEOUT = 10_000;

// MongoDB
export const MONGO_SERVER_SELECTION_TIMEOUT = 5_000;
export const MONGO_SOCKET_TIMEOUT = 60_000;
export const MONGO_POOL_SIZE = 50;
export const MONGO_PING_TIMEOUT = 2_000;

// Timeline
/** Commands that may wait for their append in one hub; more are refused with `queueFull`. */
export const APPEND_QUEUE_MAX = 10_000;
/** Events of one batch. */
export const APPEND_BATCH_MAX = 512;
/** How long a command may wait for its outcome while the database is away. */
export const APPEND_DEADLINE = 20_000;
export const APPEND_RETRY_PAUSE = { first: 25, most: 500 } as const;
/** Events of one command. */
export const COMMAND_EVENTS_MAX = 16;
/** Timelines whose head is kept in memory. */
export const TIMELINE_HEADS_CACHED = 20_000;
/**
 * What was made of a timeline stays in memory for so long after its last event; then those that are at rest leave it.
 * So memory goes by how much is at work, not by how much there has been.
 */
export const TIMELINE_MEMORY = { ttl: 5 * 60_000, ttlResolution: 1_000 } as const;
export const TIMELINE_MEMORY_SWEEP = 30_000;
export const TIMELINE_PAGE_MAX = 200;
export const TIMELINE_HEADS_INTERVAL = 10_000;
/**
 * Pause between two rounds of projection writes: `times` as long as the last round took, so that under load more is
 * written at once and the appends keep the database to themselves.
 */
export const PROJECTION_ROUND_PAUSE = { least: 10, most: 250, times: 5 } as const;
export const PROJECTION_ROUND_SUBJECTS = 500;
export const PROJECTION_RETRY_PAUSE = 500;
/** So long another hub may take to write the projections of what it appended. */
export const PROJECTION_PATIENCE = 2_000;
/** Events kept in memory for projections; past it they are read again from the database. */
export const PROJECTION_EVENTS_HELD = 50_000;
export const PROJECTION_STATES_CACHED = 5_000;

// Streams of inserts, and what hangs on them
/** How long the database waits for something new before it says that there is nothing. */
export const STREAM_HEARTBEAT = 2_500;
/** A stream that says nothing for so long stands still, and is opened anew. */
export const STREAM_SILENCE = 5_000;
export const STREAM_RETRY_PAUSE = { first: 50, most: 1_000 } as const;
export const STREAM_CLOSE_TIMEOUT = 500;
/** How far the clocks of hubs and database may be apart, and a write may be under way, when missed documents are read. */
export const STREAM_CLOCK_MARGIN = 3_600_000;
/** Subjects whose last number is kept to drop doubles. */
export const STREAM_PLACES_KEPT = 50_000;
/** Documents that wait for one live listener; past it the oldest are left out. */
export const LIVE_QUEUE_MAX = 10_000;
/** A live listener that takes longer is left behind, and gets what came next. */
export const LIVE_LISTENER_TIMEOUT = 10_000;
/** A hub that stops waits so long for its listeners. */
export const LIVE_CLOSE_TIMEOUT = 2_000;
/** Signals between hubs are kept so long. */
export const SIGNAL_LIFE_S = 600;
/** A job's hub that does not renew it for so long loses it to another. */
export const JOB_LEASE = 10_000;
export const JOB_RENEWAL = 3_000;
export const JOB_HANDLE_TIMEOUT = 30_000;
export const JOB_RETRY_PAUSE = { first: 250, most: 8_000 } as const;
/** Where a job has nothing parked, it looks so often all the same. */
export const JOB_PARKED_LOOK = 30_000;
/** So often an event is tried before it is parked. */
export const JOB_ATTEMPTS = 6;
/** A job that goes on without a pause saves its place after so many events. */
export const JOB_SAVE_EVERY = 200;

// Stopping
export const SHUTDOWN_STEP_TIMEOUT = 5_000;
export const SHUTDOWN_TOTAL_TIMEOUT = 15_000;
