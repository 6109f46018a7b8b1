import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Refresh tokens: 32 bytes, and a mark that only this product can make. The mark tells a token that was ours once
 * (its reuse is theft) from an invented one (which must not end anybody's sign-in). A successor is derived from its
 * predecessor and a stored nonce: whoever presents the predecessor again, before the successor has been used, gets the
 * same one, and nothing that is stored yields a token.
 */
export class RefreshTokens {
	readonly #key: Buffer;

	constructor(secret: string) {
		this.#key = createHmac('sha256', secret).update('refresh-token-mark').digest();
	}

	create(signInId: string): string {
		return this.#marked(signInId, randomBytes(32));
	}

	succeed(signInId: string, predecessor: string, nonce: string): string {
		return this.#marked(signInId, createHmac('sha256', predecessor).update(nonce).digest());
	}

	wasOurs(signInId: string, token: string): boolean {
		const [body = ''] = token.split('.');
		const expected = Buffer.from(this.#marked(signInId, Buffer.from(body, 'base64url')));
		const actual = Buffer.from(token);
		return actual.length === expected.length && timingSafeEqual(actual, expected);
	}

	static hash(token: string): string {
		return createHash('sha256').update(token).digest('base64url');
	}

	static newNonce(): string {
		return randomBytes(16).toString('base64url');
	}

	#marked(signInId: string, body: Buffer): string {
		const mark = createHmac('sha256', this.#key).update(signInId).update(body).digest().subarray(0, 16);
		return `${body.toString('base64url')}.${mark.toString('base64url')}`;
	}
}
