import { createPublicKey } from 'node:crypto';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { onTestFinished } from 'vitest';
import type { TestHub } from './newHub.ts';
import { newMediaNode } from './newMediaNode.ts';

/** A media node of a hub of the running test; of a city, or anybody's. */
export async function nodeOf(hub: TestHub, nodeId: string, city: CityCode | null = null) {
	const publicKey = createPublicKey(hub.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '');
	const node = await newMediaNode({
		config: {
			nodeId,
			city,
			hubUrls: [hub.url],
			nodeCredential: hub.env['NODE_CREDENTIAL'] ?? '',
			grantPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		},
	});
	onTestFinished(() => node.close());
	return node;
}
