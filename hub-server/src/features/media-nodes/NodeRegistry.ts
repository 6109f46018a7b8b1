import {
	NODE_SILENCE_MS,
	type nodeCommands,
	type NodeHandshake,
} from '@counter-hub/shared/media/nodeProtocol.ts';
import type { z } from 'zod';
import { perHub } from '../../perHub.ts';
import type { NodeAccount } from './NodeAccount.ts';

type NodeCommands = typeof nodeCommands;
/** Resolves with the node's answer. @throws AppError `timeout` where it does not answer, or refuses */
export type SendCommand = <N extends keyof NodeCommands>(
	name: N,
	payload: z.input<NodeCommands[N]['payload']>,
) => Promise<z.output<NodeCommands[N]['data']>>;

/** A media node that is connected to this hub. */
export interface MediaNode extends Omit<NodeHandshake, 'credential' | 'cityKey'> {
	send: SendCommand;
	account: NodeAccount;
	lastHeard: number;
	/** When it said what it holds; until then its account says nothing. */
	greetedAt: number | null;
}

/** The media nodes that have a link to this hub. What other hubs have links to, `NodeLinks` knows. */
export class NodeRegistry {
	readonly #nodes = new Map<string, MediaNode>();

	/** A reconnect replaces the earlier entry of the same node. */
	add(node: MediaNode): void {
		this.#nodes.set(node.nodeId, node);
	}

	/** True if this very entry was still in force. */
	remove(node: MediaNode): boolean {
		return this.#nodes.get(node.nodeId) === node && this.#nodes.delete(node.nodeId);
	}

	/** A node that answers, by id. */
	find(nodeId: string | null, now: number): MediaNode | undefined {
		const node = nodeId === null ? undefined : this.#nodes.get(nodeId);
		return node && isAlive(node, now) ? node : undefined;
	}

	/** Every node that answers. */
	alive(now: number): MediaNode[] {
		return [...this.#nodes.values()].filter((node) => isAlive(node, now));
	}

	get size(): number {
		return this.#nodes.size;
	}
}

function isAlive(node: MediaNode, now: number): boolean {
	return node.greetedAt !== null && now - node.lastHeard <= NODE_SILENCE_MS;
}

export const nodeRegistry = perHub(() => new NodeRegistry());
