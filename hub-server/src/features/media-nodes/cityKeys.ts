import { createPrivateKey, hkdfSync } from 'node:crypto';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';

/**
 * What a media node shows to be taken for one of a city (N-1). Made of the key with which the hub signs media tokens, so
 * that no node can make that of another city, and there is no list of them to keep.
 * @param privateKeyPem `MEDIA_GRANT_PRIVATE_KEY`
 */
export function cityKey(privateKeyPem: string, city: CityCode): string {
	const key = createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' });
	return Buffer.from(hkdfSync('sha256', key, '', `counter-hub/node-city/${city}`, 32)).toString('base64url');
}
