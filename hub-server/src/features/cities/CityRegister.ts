import { CITIES, setCities, type City, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { HubContext } from '../../HubContext.ts';
import { hubSockets } from '../../hubSockets.ts';
import { perHub } from '../../perHub.ts';
import { timeline } from '../timeline/timeline.ts';
import { cityEntries } from './cityProjections.ts';
import { giveToKeepers } from './giveToKeepers.ts';

/** Keeps the cities that this process knows (`CITIES`) true to the register, and tells this hub's pages. */
class CityRegister {
	readonly #hub: HubContext;
	readonly #known = new Map<CityCode, City>();
	/** Whoever reads next tells what another one, who is not done yet, has found. */
	#isUntold = false;

	constructor(hub: HubContext) {
		this.#hub = hub;
	}

	/** Reads the whole register: before this hub serves, and again for what no news told of. */
	async load(): Promise<void> {
		const entries = this.#hub.connection.collection<{ _id: CityCode }>(cityEntries.name);
		await this.follow((await entries.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
	}

	/**
	 * Something may have happened to these cities. A city is known here only when whoever looks after all cities has it in
	 * his post, so that “all cities” is never more than such a person has.
	 */
	async follow(codes: Iterable<CityCode>): Promise<void> {
		await Promise.all([...new Set(codes)].map((code) => this.#read(code)));
		if (!this.#isUntold) return;
		this.#isUntold = false;
		setCities([...this.#known.values()]);
		hubSockets(this.#hub).namespace.local.emit('cities:changed', { cities: [...CITIES] });
	}

	async #read(code: CityCode): Promise<void> {
		const entry = await timeline(this.#hub).state(cityEntries, code);
		if (!entry) return;
		const { keepers, ...city } = entry;
		if (!this.#known.has(code)) await giveToKeepers(this.#hub, code, keepers);
		const known = this.#known.get(code);
		if (known && known.version >= city.version) return;
		this.#known.set(code, { code, ...city });
		this.#isUntold = true;
	}
}

export const cityRegister = perHub((hub) => new CityRegister(hub));
