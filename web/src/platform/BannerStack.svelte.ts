import { untrack, type Snippet } from 'svelte';

/** Order of precedence in the one place there is: ringing > not connected > failure > page out of date. */
const ORDER = { ringing: 0, connection: 1, failure: 2, version: 3 } as const;
export type BannerRank = keyof typeof ORDER;

/** What stands in the page head's place. One at a time; the others come up when it leaves. */
export class BannerStack {
	#entries = $state.raw<readonly { rank: BannerRank; banner: Snippet }[]>([]);
	readonly #sorted = $derived([...this.#entries].sort((a, b) => ORDER[a.rank] - ORDER[b.rank]));

	get top(): { rank: BannerRank; banner: Snippet } | undefined {
		return this.#sorted[0];
	}

	/** Use in an effect: `$effect(() => app.banners.show('ringing', banner))`. */
	show(rank: BannerRank, banner: Snippet): () => void {
		const entry = { rank, banner };
		// The effect that shows must not depend on what others show.
		untrack(() => (this.#entries = [...this.#entries, entry]));
		return () => (this.#entries = this.#entries.filter((other) => other !== entry));
	}
}
