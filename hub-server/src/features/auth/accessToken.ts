import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { signInId, staffId } from '@counter-hub/shared/ids/ids.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';

const ISSUER = 'counter-hub';
const AUDIENCE = 'counter-hub/hub';
const claims = z.object({ sub: staffId, sid: signInId, gen: z.int(), exp: z.int() });

/**
 * What a valid access token says: who, by which sign-in, beside which of its refresh tokens, until when (ms). What the
 * person may do is looked up.
 */
export interface AccessClaims {
	staffId: string;
	signInId: string;
	generation: number;
	expiresAt: number;
}

export function signAccessToken(
	secret: string,
	who: Pick<AccessClaims, 'staffId' | 'signInId' | 'generation'>,
	now: number,
): { token: string; expiresAt: Date } {
	const seconds = Math.floor(now / 1000);
	const exp = seconds + LIMITS.accessTokenMs / 1000;
	const token = jwt.sign({ sid: who.signInId, gen: who.generation, iat: seconds, exp }, secret, {
		algorithm: 'HS256',
		subject: who.staffId,
		issuer: ISSUER,
		audience: AUDIENCE,
	});
	return { token, expiresAt: new Date(exp * 1000) };
}

/** @throws AppError `notSignedIn` for anything but a token of ours that has not expired by `now` (ms since 1970) */
export function verifyAccessToken(secret: string, token: string, now: number): AccessClaims {
	try {
		// A key object, because a string would first be tried as a public key at ten times the price.
		const { sub, sid, gen, exp } = claims.parse(
			jwt.verify(token, createSecretKey(secret, 'utf8'), {
				algorithms: ['HS256'],
				issuer: ISSUER,
				audience: AUDIENCE,
				clockTimestamp: Math.floor(now / 1000),
			}),
		);
		return { staffId: sub, signInId: sid, generation: gen, expiresAt: exp * 1000 };
	} catch (cause) {
		throw new AppError('notSignedIn', { cause });
	}
}
