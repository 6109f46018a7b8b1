import { hash } from 'node:crypto';
import { canonicalJson } from '@counter-hub/shared/timeline/canonicalJson.ts';
import type { StoredEvent } from './types.ts';

/** `prevHash` of the first event of every timeline. */
export const GENESIS = '0'.repeat(64);

/**
 * SHA-256 (hex) over the RFC 8785 form of the event without `hash` and without the database's `_id`; `at` is written
 * in ISO 8601. The parts are put together by hand in the order of their keys, which is what the canonical form is.
 */
export function hashOfEvent(event: Omit<StoredEvent, 'hash'>): string {
	const { digest, rest, sessionId, version } = event;
	// What names its session under its own hash got the others later, as indexes.
	const { about, machine } = sessionId === undefined ? event : {};
	let text = about === undefined ? '{' : `{"about":${canonicalJson(about)},`;
	text += `"actor":${canonicalJson(event.actor)},"at":"${event.at.toISOString()}"`;
	text += `,"commandId":${canonicalJson(event.commandId)},"data":${canonicalJson(event.data)}`;
	if (digest !== undefined) text += `,"digest":${canonicalJson(digest)}`;
	if (machine !== undefined) text += `,"machine":${canonicalJson(machine)}`;
	text += `,"prevHash":${canonicalJson(event.prevHash)}`;
	if (rest !== undefined) text += `,"rest":${canonicalJson(rest)}`;
	text += `,"seq":${canonicalJson(event.seq)}`;
	if (sessionId !== undefined) text += `,"sessionId":${canonicalJson(sessionId)}`;
	text += `,"subject":${canonicalJson(event.subject)},"type":${canonicalJson(event.type)}`;
	if (version !== undefined) text += `,"version":${canonicalJson(version)}`;
	return hash('sha256', `${text}}`, 'hex');
}

/** SHA-256 (hex) of what a command asked for. */
export const digestOf = (content: unknown): string => hash('sha256', canonicalJson(content), 'hex');
