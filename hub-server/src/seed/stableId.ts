import { createHash } from 'node:crypto';

/** The same id for the same name at every run (UUIDv8, RFC 9562), so that seeding twice makes nothing twice. */
export function stableId(name: string): string {
	const hex = createHash('sha256').update(`counter-hub/seed/${name}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A UUIDv7 that is the same at every run: the time counts, so that cases sort by when they were opened.
 * @param at milliseconds since 1970
 */
export function stableTimeId(name: string, at: number): string {
	const time = at.toString(16).padStart(12, '0');
	const hex = createHash('sha256').update(`counter-hub/seed/${name}`).digest('hex');
	return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
