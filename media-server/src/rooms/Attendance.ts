import type { MediaFact } from '@counter-hub/shared/media/nodeProtocol.ts';
import type { LeaveReason, Peer } from './Peer.ts';

/** Reports a participant once when he is really there (a member whose page is ready), and once when he has gone. */
export class Attendance {
	readonly #present = new WeakSet<Peer>();
	readonly #report: (fact: MediaFact) => void;

	constructor(report: (fact: MediaFact) => void) {
		this.#report = report;
	}

	has(peer: Peer): boolean {
		return this.#present.has(peer);
	}

	note(peer: Peer): void {
		if (this.#present.has(peer) || peer.grant.stage !== 'member' || !peer.ready || peer.closed) return;
		this.#present.add(peer);
		this.#report({ type: 'participant-joined', participantId: peer.participantId, pageId: peer.pageId });
	}

	left(peer: Peer, reason: LeaveReason): void {
		if (!this.#present.delete(peer)) return;
		const { participantId, pageId } = peer;
		this.#report({ type: 'participant-left', participantId, pageId, reason });
	}
}
