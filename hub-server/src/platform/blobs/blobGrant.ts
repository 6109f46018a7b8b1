import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { signInId, staffId } from '@counter-hub/shared/ids/ids.ts';
import { BLOB_GRANT_LIFE } from './limits.ts';

const AUDIENCE = 'counter-hub/blobs';
const claims = z.object({ sub: staffId, sid: signInId, blob: z.string(), of: z.string(), exp: z.int() });

/** Who may fetch which bytes, because what refers to them (`kind:id`). Rights are looked at again when it is used. */
export interface BlobGrant {
	staffId: string;
	signInId: string;
	sha256: string;
	referrer: string;
}

export function signBlobGrant(
	secret: string,
	{ staffId: subject, signInId: sid, sha256, referrer }: BlobGrant,
	now: number,
): { grant: string; expiresAt: Date } {
	const exp = Math.floor((now + BLOB_GRANT_LIFE) / 1000);
	const grant = jwt.sign({ sid, blob: sha256, of: referrer, exp }, secret, {
		algorithm: 'HS256',
		subject,
		audience: AUDIENCE,
		noTimestamp: true,
	});
	return { grant, expiresAt: new Date(exp * 1000) };
}

/** @throws AppError `invalidBlobGrant` */
export function verifyBlobGrant(secret: string, grant: string, now: number): BlobGrant {
	try {
		const { sub, sid, blob, of } = claims.parse(
			jwt.verify(grant, createSecretKey(secret, 'utf8'), {
				algorithms: ['HS256'],
				audience: AUDIENCE,
				clockTimestamp: Math.floor(now / 1000),
			}),
		);
		return { staffId: sub, signInId: sid, sha256: blob, referrer: of };
	} catch (cause) {
		throw new AppError('invalidBlobGrant', { cause });
	}
}
