import type { Snippet } from 'svelte';
import { Additions } from './Additions.svelte.ts';

/** Order of precedence in the one place there is. */
const ORDER = { ringing: 0, connection: 1 } as const;
export type BannerRank = keyof typeof ORDER;

/** What stands in the page head's place. One at a time; the others come up when it leaves. */
export class BannerStack {
	readonly #entries = new Additions<{ rank: BannerRank; banner: Snippet }>();
	readonly #sorted = $derived([...this.#entries.all].sort((a, b) => ORDER[a.rank] - ORDER[b.rank]));

	get top(): { rank: BannerRank; banner: Snippet } | undefined {
		return this.#sorted[0];
	}

	/** Use in an effect: `$effect(() => app.banners.show('ringing', banner))`. */
	show(rank: BannerRank, banner: Snippet): () => void {
		return this.#entries.add([{ rank, banner }]);
	}
}
