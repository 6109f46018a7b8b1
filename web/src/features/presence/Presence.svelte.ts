import { LIMITS } from '@counter-hub/shared/limits/limits.ts';
import type { Availability, CounterPresence } from '@counter-hub/shared/presence/presence.ts';
import { createContext } from 'svelte';
import type { App } from '#platform/App.svelte.ts';
import { allCities } from '#platform/cities.ts';

/** Who is at the counters just now; keeps this person's own presence alive too. */
export class Presence {
	/** Null until the hub has told it once: unknown is not the same as nobody. */
	counters = $state.raw<readonly CounterPresence[] | null>(null);
	readonly #app: App;
	readonly #stops: (() => void)[];

	constructor(app: App) {
		this.#app = app;
		const timer = setInterval(() => this.#renew(), LIMITS.presenceRenewMs);
		this.#stops = [
			() => clearInterval(timer),
			app.hub.on('presence:changed', ({ counters }) => (this.counters = counters)),
			app.hub.onConnect(() => this.#renew()),
		];
	}

	close(): void {
		for (const stop of this.#stops) stop();
	}

	/** One line per counter in the order of the cities. */
	readonly lines = $derived(
		(this.counters ?? [])
			.toSorted((a, b) => order(a.cityCode) - order(b.cityCode))
			.map((counter) => ({ counter, availability: availabilityOf(counter) })),
	);

	/** How many counters other than `ownCounterId` could answer. */
	reachable(ownCounterId: string | null): number {
		return this.lines.filter(
			({ counter, availability }) => counter.counterId !== ownCounterId && availability === 'free',
		).length;
	}

	of(counterId: string): CounterPresence | undefined {
		return this.counters?.find((counter) => counter.counterId === counterId);
	}

	/** Says again at once which window this PC is. */
	renew(): void {
		this.#renew();
	}

	#renew(): void {
		if (this.#app.hub.state !== 'connected') return;
		const windowId = this.#app.windowChoice.of(this.#app.signIn.me?.counter?.id ?? null);
		this.#app.hub.request('presence:renew', { windowId }).catch(() => undefined);
	}
}

/** A counter is as free as the freest there. */
function availabilityOf(counter: Pick<CounterPresence, 'people'>): Availability | 'absent' {
	const all = counter.people.map((person) => person.availability);
	return BEST_FIRST.find((one) => all.includes(one)) ?? 'absent';
}
const BEST_FIRST: readonly Availability[] = ['free', 'ringing', 'inCall', 'paused', 'offShift'];

const order = (city: CounterPresence['cityCode']) => allCities().findIndex(({ code }) => code === city);

export const [getPresence, setPresence] = createContext<Presence>();
