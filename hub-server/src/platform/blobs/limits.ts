/** Limits of bytes. Durations in ms, sizes in bytes. */

/** Larger files are refused before their first byte. */
export const BLOB_MAX_BYTES = 200 * 1024 * 1024;
/** What GridFS calls its chunk size: below 256 KiB, as it recommends. */
export const BLOB_CHUNK_BYTES = 255 * 1024;
/** What has come of an upload is made safe so many bytes at a time, and at the end of each piece. */
export const FLUSH_BYTES = 8 * BLOB_CHUNK_BYTES;
/** Unfinished uploads of one person at a time; the hub's own are not counted. */
export const OPEN_UPLOADS_PER_PERSON = 8;
/** An upload that nobody goes on with is forgotten. */
export const UPLOAD_LIFE = 24 * 60 * 60 * 1000;
export const UPLOAD_SWEEP_INTERVAL = 60_000;
export const BLOB_GRANT_LIFE = 120_000;
/** How long the scanner may take for one file. */
export const SCAN_TIMEOUT = 60_000;
