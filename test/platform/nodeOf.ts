import { createPublicKey } from 'node:crypto';
import { cityKey } from '@counter-hub/hub-server/features/media-nodes/cityKeys.ts';
import type { CityCode } from '@counter-hub/shared/cities/cities.ts';
import { onTestFinished } from 'vitest';
import type { TestHub } from './newHub.ts';
import { newMediaNode } from './newMediaNode.ts';

/** A media node of a hub of the running test; of a city, or anybody's. */
export async function nodeOf(hub: TestHub, nodeId: string, city: CityCode | null = null) {
	const privateKey = hub.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '';
	const publicKey = createPublicKey(privateKey);
	const node = await newMediaNode({
		config: {
			nodeId,
			city,
			cityKey: city && cityKey(privateKey, city),
			hubUrls: [hub.url],
			nodeCredential: hub.env['NODE_CREDENTIAL'] ?? '',
			grantPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		},
	});
	onTestFinished(() => node.close());
	return node;
}
