import { createPublicKey, type KeyObject } from 'node:crypto';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { mediaGrant, type MediaGrant } from '@counter-hub/shared/media/grant.ts';
import jwt from 'jsonwebtoken';

/** A grant with the token that says it, for another node to verify itself. */
export interface SignedGrant extends MediaGrant {
	readonly token: string;
}

/** Verifies the hub's media tokens in hub time. Holds the public key only: this node can mint nothing. */
export class GrantVerifier {
	readonly #key: KeyObject;
	readonly #hubNow: () => number;
	readonly #toleranceMs: number;

	constructor(publicKeyPem: string, hubNow: () => number, toleranceMs: number) {
		this.#key = createPublicKey(publicKeyPem);
		this.#hubNow = hubNow;
		this.#toleranceMs = toleranceMs;
	}

	/** Throws `invalidGrant` for anything that the hub did not sign for media nodes. Says whether `exp` has passed. */
	read(token: string): { grant: SignedGrant; expired: boolean } {
		let claims: unknown;
		try {
			claims = jwt.verify(token, this.#key, {
				algorithms: ['ES256'],
				audience: 'media',
				ignoreExpiration: true,
				clockTimestamp: Math.floor((this.#hubNow() + this.#toleranceMs) / 1000),
			});
		} catch (error) {
			throw new AppError('invalidGrant', { cause: error });
		}
		const parsed = mediaGrant.safeParse(claims);
		if (!parsed.success) throw new AppError('invalidGrant', { cause: parsed.error });
		const expired = parsed.data.exp * 1000 + this.#toleranceMs <= this.#hubNow();
		return { grant: { ...parsed.data, token }, expired };
	}

	/** As `read`, but an expired token is refused too (`grantExpired`). */
	verify(token: string): SignedGrant {
		const { grant, expired } = this.read(token);
		if (expired) throw new AppError('grantExpired');
		return grant;
	}
}
