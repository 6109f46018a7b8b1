/**
 * Number of the protocol between pages and hub; raised when a page of before would misunderstand this hub, or its media
 * nodes. A page that says none is of 1.
 */
export const PROTOCOL = 2;
/** Pages of an older number are told to load themselves anew. */
export const OLDEST_PROTOCOL = 2;

/** Header of every REST exchange: what the hub speaks, and its time. */
export const HUB_HEADER = 'counter-hub';
/** Header of requests: the page's number. */
export const PROTOCOL_HEADER = 'counter-hub-protocol';

export interface HubHeader {
	protocol: number;
	oldest: number;
	/** Milliseconds since 1970. */
	time: number;
}

export const writeHubHeader = (time: number): string =>
	`protocol=${PROTOCOL}; oldest=${OLDEST_PROTOCOL}; time=${time}`;

/** Null where something between page and hub answered. */
export function readHubHeader(text: string | null): HubHeader | null {
	const [, protocol, oldest, time] = /^protocol=(\d+); oldest=(\d+); time=(\d+)$/.exec(text ?? '') ?? [];
	if (time === undefined) return null;
	return { protocol: Number(protocol), oldest: Number(oldest), time: Number(time) };
}
