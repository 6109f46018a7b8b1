import { CITIES, setCities, type City } from '@counter-hub/shared/cities/cities.ts';
import { cityList } from '@counter-hub/shared/cities/register.ts';
import { exchange, type HubListener } from './exchange.ts';
import type { HubSocket } from './HubSocket.svelte.ts';

/** Loads the register of cities before the page shows anything, and follows its changes. */
export class CityRegister {
	phase = $state<'loading' | 'unreachable' | 'loaded'>('loading');
	readonly #hears: HubListener;

	constructor(hears: HubListener) {
		this.#hears = hears;
	}

	/** Once; and again where the hub was out of reach. */
	async load(): Promise<void> {
		if (this.phase === 'loaded') return;
		try {
			const { cities } = await exchange(
				{ method: 'GET', path: '/cities', answer: cityList },
				null,
				this.#hears,
			);
			setCities(cities);
			this.phase = 'loaded';
		} catch {
			this.phase = 'unreachable';
		}
	}

	/** @param onchanged called when there is something else to show than before */
	follow(hub: HubSocket, onchanged: () => void): void {
		hub.on('cities:changed', ({ cities }) => {
			if (isSame(cities, CITIES)) return;
			setCities(cities);
			onchanged();
		});
	}
}

const isSame = (one: readonly City[], other: readonly City[]): boolean =>
	one.length === other.length &&
	one.every(({ code, version }, i) => other[i]?.code === code && other[i].version === version);
