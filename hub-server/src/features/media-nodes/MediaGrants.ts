import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { MediaGrant } from '@counter-hub/shared/media/grant.ts';

/** How long a media token admits to a room; a joined peer stays without it. Seconds. */
const GRANT_SECONDS = 120;

/** What the hub decides about a participant; the rest of the claims follows from the time of signing. */
export type GrantTerms = Omit<MediaGrant, 'aud' | 'iat' | 'exp'>;

/** Signs media tokens (ES256). The media nodes hold the public half only, so none of them can mint one. */
export class MediaGrants {
	readonly #key: KeyObject;
	readonly publicKey: string;

	constructor(privateKeyPem: string) {
		this.#key = createPrivateKey(privateKeyPem);
		this.publicKey = createPublicKey(this.#key).export({ type: 'spki', format: 'pem' }).toString();
	}

	/** @param now ms since 1970, by the hubs' clock, by which media nodes judge it */
	sign(terms: GrantTerms, now: number): string {
		const iat = Math.floor(now / 1000);
		return jwt.sign({ ...terms, iat }, this.#key, {
			algorithm: 'ES256',
			audience: 'media',
			expiresIn: GRANT_SECONDS,
		});
	}
}

/**
 * The participant id of a person in a room: the same at every admission, so that a reload or a second page is the
 * same participant, and known before the call is answered. A UUIDv8 (RFC 9562) over both ids.
 */
export function participantIdOf(roomId: string, staffId: string): string {
	const hex = createHash('sha256').update(`${roomId}/${staffId}`).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
