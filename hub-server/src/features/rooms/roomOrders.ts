import { nodeCommands, nodeId } from '@counter-hub/shared/media/nodeProtocol.ts';
import { z } from 'zod';
import type { HubContext } from '../../HubContext.ts';
import { defineSignal } from '../../platform/stream/Signals.ts';
import { signals } from '../../signals.ts';
import { nodeRegistry, type MediaNode } from '../media-nodes/NodeRegistry.ts';

/** Orders that any hub may bring to the node. Grants are none of them: pages bring those, and signals are kept. */
const roomOrder = z.discriminatedUnion('name', [
	z.strictObject({ name: z.literal('room:remove'), payload: nodeCommands['room:remove'].payload }),
	z.strictObject({ name: z.literal('room:close'), payload: nodeCommands['room:close'].payload }),
]);
type RoomOrder = z.infer<typeof roomOrder>;

const ordered = defineSignal('rooms.ordered', z.strictObject({ nodeId, order: roomOrder }));

/**
 * Carries an order to the node of a room: by this hub's link, or else by those of other hubs (N-10). Several of them may
 * bring it, which is harmless (N-6).
 */
export async function orderAt(hub: HubContext, at: string | null, order: RoomOrder): Promise<void> {
	if (at === null) return;
	const node = nodeRegistry(hub).find(at, hub.now());
	if (node && (await isCarriedOut(hub, node, order))) return;
	await signals(hub).send(ordered, { nodeId: at, order });
}

/** What other hubs cannot bring to a node themselves, this one does, if it has a link there. */
export function followOrders(hub: HubContext): void {
	signals(hub).on(
		ordered,
		async ({ nodeId: at, order }) => {
			const node = nodeRegistry(hub).find(at, hub.now());
			if (node) await isCarriedOut(hub, node, order);
		},
		{ own: false },
	);
}

async function isCarriedOut(
	hub: HubContext,
	{ nodeId: at, send }: MediaNode,
	order: RoomOrder,
): Promise<boolean> {
	try {
		if (order.name === 'room:close') await send(order.name, order.payload);
		else await send(order.name, order.payload);
		return true;
	} catch (error) {
		hub.logger.warn({ err: error, nodeId: at, order: order.name }, 'a node did not answer to an order');
		return false;
	}
}
