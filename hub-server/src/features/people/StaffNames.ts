import { trusted, type Connection, type Model } from 'mongoose';
import { perHub } from '../../perHub.ts';
import { staffModel, type StaffRecord } from './Staff.model.ts';

const FRESH_MS = 30_000;
const HELD_MAX = 5_000;

/** Display names of staff, for showing events and cases; kept in memory for half a minute. */
class StaffNames {
	readonly #records: Model<StaffRecord>;
	readonly #held = new Map<string, { at: number; name: string }>();

	constructor(connection: Connection) {
		this.#records = staffModel(connection);
	}

	/** Names by id; unknown ids are left out. */
	async of(ids: Iterable<string>): Promise<Map<string, string>> {
		const now = performance.now();
		const names = new Map<string, string>();
		const missing: string[] = [];
		for (const id of new Set(ids)) {
			const held = this.#held.get(id);
			if (held && now - held.at < FRESH_MS) names.set(id, held.name);
			else missing.push(id);
		}
		if (missing.length === 0) return names;
		if (this.#held.size > HELD_MAX) this.#held.clear();
		const records = await this.#records.find({ _id: trusted({ $in: missing }) }, { displayName: 1 }).lean();
		for (const { _id, displayName } of records) {
			names.set(_id, displayName);
			this.#held.set(_id, { at: now, name: displayName });
		}
		return names;
	}

	forget(id: string): void {
		this.#held.delete(id);
	}
}

export const staffNames = perHub((hub) => new StaffNames(hub.connection));
