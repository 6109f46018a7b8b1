import { setTimeout as pause } from 'node:timers/promises';
import type { MediaAdmission } from '@counter-hub/shared/media/grant.ts';
import { participantIdOf } from '@counter-hub/hub-server/features/media-nodes/MediaGrants.ts';
import { TestPeer } from '../media/TestPeer.ts';

/** A new way into the room; undefined once there is none, because the call is over. */
type Admit = () => Promise<MediaAdmission | undefined>;

/**
 * Somebody's page in the room of a call: it comes back as often as its line to the node ends, until it leaves or the
 * call is over.
 */
export class Seat {
	readonly sessionId: string;
	readonly staffId: string;
	/** What the timeline calls this person in this call. */
	readonly participantId: string;
	/** How often it tried to sit down: nobody can have left more often. */
	attempts = 0;
	readonly #admit: Admit;
	readonly #sitting: Promise<void>;
	#peer: TestPeer | undefined;
	#hasLeft = false;

	constructor(parts: { sessionId: string; staffId: string; admission: MediaAdmission; admit: Admit }) {
		this.sessionId = parts.sessionId;
		this.staffId = parts.staffId;
		this.participantId = participantIdOf(parts.sessionId, parts.staffId);
		this.#admit = parts.admit;
		this.#sitting = this.#sit(parts.admission);
	}

	/** Whether it is in the room, as far as it knows. */
	get isTaken(): boolean {
		return this.#peer?.socket.connected === true;
	}

	/** Its line ends in the middle of a word. */
	break(): void {
		this.#peer?.socket.io.engine.close();
	}

	/** Says good-bye; resolves when nothing of it is left. */
	async leave(): Promise<void> {
		this.#hasLeft = true;
		this.#peer?.close();
		await this.#sitting;
	}

	async #sit(first: MediaAdmission): Promise<void> {
		for (let admission: MediaAdmission | undefined = first; admission; admission = await this.#admit()) {
			this.attempts++;
			try {
				await this.#until(admission);
			} catch {
				// The node is not there, stands still, or does not know this token any more.
			}
			if (this.#hasLeft) return;
			await pause(100);
		}
	}

	/** In the room until the line ends, by whomever. */
	async #until({ signalUrl, token }: MediaAdmission): Promise<void> {
		const peer = await TestPeer.join(signalUrl, { token });
		const ended = Promise.withResolvers<unknown>();
		peer.socket.once('disconnect', ended.resolve);
		peer.socket.once('room:closed', () => peer.close());
		try {
			await peer.ready();
			this.#peer = peer;
			if (this.#hasLeft || !peer.socket.connected) return;
			await ended.promise;
		} finally {
			this.#peer = undefined;
			peer.close();
		}
	}
}
