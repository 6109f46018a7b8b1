import { AppError } from '@counter-hub/shared/errors/AppError.ts';
import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import type { HubSocket } from '../../hubSockets.ts';
import { caseRoom } from './caseRoom.ts';

type Wish = object;

/**
 * The cases that each socket wants to watch, by the order in which it asked: a request to leave that overtakes the
 * answer to a request to watch wins.
 */
export class CaseWatches {
	readonly #wanted = new WeakMap<HubSocket, Map<string, Wish>>();

	/** Returns the wish, by which `withdraw` knows whether a later one has taken its place. @throws AppError `tooManyWatched` */
	want(socket: HubSocket, caseId: string): Wish {
		const wanted = this.#of(socket);
		if (!wanted.has(caseId) && wanted.size >= LIMITS.watchedSubjects) {
			throw new AppError('tooManyWatched', { params: { most: LIMITS.watchedSubjects } });
		}
		const wish = {};
		wanted.set(caseId, wish);
		return wish;
	}

	/** Into the room, unless the page has left meanwhile. */
	async join(socket: HubSocket, caseId: string): Promise<void> {
		if (this.#of(socket).has(caseId)) await socket.join(caseRoom(caseId));
	}

	/** The wish cannot be fulfilled. */
	async withdraw(socket: HubSocket, caseId: string, wish: Wish): Promise<void> {
		if (this.#of(socket).get(caseId) === wish) await this.leave(socket, caseId);
	}

	async leave(socket: HubSocket, caseId: string): Promise<void> {
		this.#of(socket).delete(caseId);
		await socket.leave(caseRoom(caseId));
	}

	of(socket: HubSocket): string[] {
		return [...this.#of(socket).keys()];
	}

	#of(socket: HubSocket): Map<string, Wish> {
		const known = this.#wanted.get(socket);
		if (known) return known;
		const made = new Map<string, Wish>();
		this.#wanted.set(socket, made);
		return made;
	}
}
