import { perHub } from '../../perHub.ts';
import { NODE_SILENCE_MS, type NodeHandshake } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { z } from 'zod';
import type { nodeCommands } from '@counter-hub/shared/media/nodeProtocol.ts';

type NodeCommands = typeof nodeCommands;
type NodeCommandName = keyof NodeCommands;
export type SendCommand = <N extends NodeCommandName>(
	name: N,
	payload: z.input<NodeCommands[N]['payload']>,
) => Promise<void>;

/** A media node that is connected to this hub. */
export interface MediaNode extends Omit<NodeHandshake, 'credential'> {
	send: SendCommand;
	/** Participants by room, each with the page that holds it (null until a fact has told). */
	rooms: Map<string, Map<string, string | null>>;
	/** Rooms whose worker died and that are not whole yet. */
	rebuilding: Set<string>;
	lastHeard: number;
	/** When `node:hello` was answered; until then `rooms` says nothing. */
	greetedAt: number | null;
}

/** The media nodes of this hub. Every node talks to every hub, so nothing of this is stored. */
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
	find(nodeId: string, now: number): MediaNode | undefined {
		const node = this.#nodes.get(nodeId);
		return node && isAlive(node, now) ? node : undefined;
	}

	/** Every node that answers. */
	alive(now: number): MediaNode[] {
		return [...this.#nodes.values()].filter((node) => isAlive(node, now));
	}

	/** The node for a new room: the one with the fewest participants. */
	place(now: number): MediaNode | undefined {
		const load = (node: MediaNode) => [...node.rooms.values()].reduce((sum, room) => sum + room.size, 0);
		return this.alive(now).sort((a, b) => load(a) - load(b) || a.nodeId.localeCompare(b.nodeId))[0];
	}

	get size(): number {
		return this.#nodes.size;
	}
}

function isAlive(node: MediaNode, now: number): boolean {
	return node.greetedAt !== null && now - node.lastHeard <= NODE_SILENCE_MS;
}

export const nodeRegistry = perHub(() => new NodeRegistry());
