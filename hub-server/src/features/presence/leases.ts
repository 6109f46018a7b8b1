import type { HubContext } from '../../HubContext.ts';
import { perHub } from '../../perHub.ts';
import { presenceModel, type PresenceRecord } from './Presence.model.ts';

/** Writes leases together: those that come while one write is under way go with the next, in one command. */
class Leases {
	readonly #hub: HubContext;
	#waiting: PresenceRecord[] = [];
	#next: Promise<void> | undefined;
	#current: Promise<unknown> = Promise.resolve();

	constructor(hub: HubContext) {
		this.#hub = hub;
	}

	/** Resolves when it is written; `since` is kept where the page has a lease already. */
	renew(lease: PresenceRecord): Promise<void> {
		this.#waiting.push(lease);
		if (!this.#next) {
			this.#next = this.#current.then(() => this.#write());
			this.#current = this.#next.catch(() => undefined);
		}
		return this.#next;
	}

	async #write(): Promise<void> {
		const leases = this.#waiting;
		this.#waiting = [];
		this.#next = undefined;
		await presenceModel(this.#hub.connection).bulkWrite(
			leases.map(({ _id, since, ...renewed }) => ({
				updateOne: { filter: { _id }, update: { $set: renewed, $setOnInsert: { since } }, upsert: true },
			})),
			{ ordered: false },
		);
	}
}

export const leases = perHub((hub) => new Leases(hub));
