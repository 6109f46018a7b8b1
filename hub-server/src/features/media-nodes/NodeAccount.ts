import { factNumber, type NodeFact, type RoomAccount } from '@counter-hub/shared/media/nodeProtocol.ts';

/** What a node has told this hub of its rooms: its greeting and the news since. */
export class NodeAccount {
	/** Participants by room, each with the page that holds it (null until a fact has told). */
	#rooms = new Map<string, Map<string, string | null>>();
	/** Rooms whose worker died and that are not whole yet. */
	#rebuilding = new Set<string>();
	/** Number of the last fact in it. */
	#upTo = 0;

	/** The node said all that it holds. */
	begin(rooms: readonly (RoomAccount & { roomId: string })[], upTo: number): void {
		this.#rooms = new Map(
			rooms.map(({ roomId, participants }) => [
				roomId,
				new Map(participants.map((participantId) => [participantId, null])),
			]),
		);
		this.#rebuilding = new Set(rooms.flatMap(({ roomId, rebuilding }) => (rebuilding ? [roomId] : [])));
		this.#upTo = upTo;
	}

	/** Goes on with the next facts. False where some are missing in between: the node must greet again. */
	follow(facts: readonly NodeFact[]): boolean {
		for (const fact of facts) {
			const n = factNumber(fact.id);
			if (n <= this.#upTo) continue;
			if (n !== this.#upTo + 1) return false;
			this.#upTo = n;
			this.#note(fact);
		}
		return true;
	}

	get roomIds(): string[] {
		return [...this.#rooms.keys()];
	}

	/** People in all rooms. */
	get people(): number {
		return [...this.#rooms.values()].reduce((sum, room) => sum + room.size, 0);
	}

	isIn(roomId: string, participantId: string): boolean {
		return this.#rooms.get(roomId)?.has(participantId) ?? false;
	}

	isRebuilding(roomId: string): boolean {
		return this.#rebuilding.has(roomId);
	}

	#note({ roomId, fact }: NodeFact): void {
		if (fact.type === 'participant-joined') {
			const room = this.#rooms.get(roomId) ?? new Map<string, string | null>();
			this.#rooms.set(roomId, room.set(fact.participantId, fact.pageId));
		} else if (fact.type === 'participant-left') {
			const room = this.#rooms.get(roomId);
			const page = room?.get(fact.participantId);
			// A page that took over has joined already when the old one's leaving is reported.
			if (page === null || page === fact.pageId) room?.delete(fact.participantId);
		} else if (fact.type === 'media-lost') {
			this.#rebuilding.add(roomId);
		} else {
			this.#rebuilding.delete(roomId);
			if (fact.type === 'room-closed') this.#rooms.delete(roomId);
		}
	}
}
