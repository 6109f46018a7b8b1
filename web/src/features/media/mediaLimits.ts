/** No acknowledgement from the node within this time is an error (the socket's loss is one at once). */
export const REQUEST_TIMEOUT_MS = 5000;
/** First and longest pause before the socket to the node is tried again. */
export const RECONNECT_MIN_MS = 50;
export const RECONNECT_MAX_MS = 250;
/** One attempt to connect the socket. */
export const CONNECT_TIMEOUT_MS = 2000;
/** A transport that is `disconnected` for so long gets new ICE; `failed` gets it at once. */
export const ICE_PATIENCE_MS = 500;
/** Statistics are read at most so often, whoever asks. */
export const QUALITY_MIN_INTERVAL_MS = 1000;
/** What is received is looked at so often; what came steadily and has not for so long makes its line suspect. */
export const WATCH_INTERVAL_MS = 500;
export const SILENCE_MS = 1500;
/** A suspect socket that has not answered by then is opened anew; nothing is mended more often than that. */
export const CHECK_TIMEOUT_MS = 1000;
export const MEND_INTERVAL_MS = 3000;
