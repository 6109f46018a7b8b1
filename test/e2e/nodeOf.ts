import { createPublicKey } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { TestHub } from '../platform/newHub.ts';
import { newMediaNode } from '../platform/newMediaNode.ts';

/** A media node of a hub of the running test. */
export async function nodeOf(hub: TestHub, nodeId: string) {
	const publicKey = createPublicKey(hub.env['MEDIA_GRANT_PRIVATE_KEY'] ?? '');
	const node = await newMediaNode({
		config: {
			nodeId,
			hubUrls: [hub.url],
			nodeCredential: hub.env['NODE_CREDENTIAL'] ?? '',
			grantPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
		},
	});
	onTestFinished(() => node.close());
	return node;
}
