import { expect, test } from 'vitest';
import { loadConfig } from '@counter-hub/media-server/config.ts';
import { nodeHandshake, nodeRequests } from '@counter-hub/shared/media/nodeProtocol.ts';
import { newId } from '@counter-hub/shared/ids/ids.ts';

const handshake = (nodeId: string) => ({
	nodeId,
	credential: 'x'.repeat(40),
	epoch: 1,
	signalUrl: 'https://media-1.example',
	spanUrl: 'https://media-1.example',
	city: null,
	version: '1',
});
const fact = (nodeId: string) => ({
	id: `${nodeId}:1:1`,
	roomId: newId(),
	at: 1,
	nodeAt: 1,
	fact: { type: 'media-restored' },
});

test.each(['media-1', 'Songjiang_2', 'node.shanghai', '7'])('A7 N-1 a node may be called %s', (nodeId) => {
	expect(nodeHandshake.parse(handshake(nodeId)).nodeId).toBe(nodeId);
	expect(nodeRequests['node:fact'].payload.safeParse(fact(nodeId)).success).toBe(true);
});

test.each(['media+1', 'media,1', 'media 1', 'media:1', '松江', '-1', 'x'.repeat(65)])(
	'A7 N-1 what no command id may hold is no name of a node: %s',
	(nodeId) => {
		expect(() => loadConfig({ NODE_ID: nodeId })).toThrow('NODE_ID: must be up to 64 letters');
		expect(nodeHandshake.safeParse(handshake(nodeId)).success).toBe(false);
		expect(nodeRequests['node:fact'].payload.safeParse(fact(nodeId)).success).toBe(false);
	},
);
