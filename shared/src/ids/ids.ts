import { z } from 'zod';

/** All ids are UUIDs in lower case; the ones that the hub makes are UUIDv7, so that they sort by time. */
export const uuid = z.uuid().toLowerCase();

export const staffId = uuid.describe('A member of staff');
export const counterId = uuid.describe('A service counter 专窗');
export const windowId = uuid.describe('A window 窗口 of a counter');
export const caseId = uuid.describe('A case 办件');
export const personId = uuid.describe('A natural person in the protected store');
export const sessionId = uuid.describe('A video session between two counters');
export const commandId = uuid.describe(
	'Chosen by the client; repeating a command with the same id changes nothing',
);
export const signInId = uuid.describe('One sign-in of one person in one browser tab');
export const pageId = uuid.describe('One load of the page; a reload gets a new one');

/** A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random. Works in browsers and on the servers. */
export function newId(now: number = Date.now()): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	let time = now;
	for (let i = 5; i >= 0; i--) {
		bytes[i] = time % 256;
		time = Math.floor(time / 256);
	}
	bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
	bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
