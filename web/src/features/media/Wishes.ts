import type { MediaSocket } from './MediaSocket.ts';
import type { WantedQuality } from './mediaTypes.ts';
import type { RoomLink } from './RoomLink.ts';

const LAYER = { low: 0, medium: 1, high: 2 } as const;

/** How much of each remote stream this page wants, told to the node again after every new start of the stream. */
export class Wishes {
	readonly #link: () => RoomLink | null;
	readonly #socket: () => MediaSocket | null;
	readonly #wanted = new Map<string, WantedQuality>();

	constructor(link: () => RoomLink | null, socket: () => MediaSocket | null) {
		this.#link = link;
		this.#socket = socket;
	}

	async set(streamId: string, quality: WantedQuality): Promise<void> {
		this.#wanted.set(streamId, quality);
		await this.apply(streamId);
	}

	async apply(streamId: string): Promise<void> {
		const wanted = this.#wanted.get(streamId);
		const socket = this.#socket();
		if (wanted === undefined || !socket) return;
		const consumers = this.#link()?.consumersOf(streamId) ?? [];
		for (const { consumerId, spatialLayers } of consumers) {
			try {
				if (wanted === 'none') {
					await socket.request('consumer:pause', { consumerId });
				} else {
					const spatialLayer = Math.min(LAYER[wanted], spatialLayers - 1);
					await socket.request('consumer:layers', { consumerId, spatialLayer });
					await socket.request('consumer:resume', { consumerId });
				}
			} catch {
				// In the lobby nothing is resumed yet; what was lost with the socket is asked for again.
			}
		}
	}
}
